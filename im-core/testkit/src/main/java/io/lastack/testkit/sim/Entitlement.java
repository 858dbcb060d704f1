package io.lastack.testkit.sim;

/** Which part of one log a user may see: the periods of membership, of which the newest counts for what is still owed. */
final class Entitlement {
    private long[] firsts = new long[2];
    private long[] lasts = new long[2];
    private int periods;

    void join(long firstSeq) {
        if (isMember()) {
            return;
        }
        if (periods == firsts.length) {
            firsts = java.util.Arrays.copyOf(firsts, periods * 2);
            lasts = java.util.Arrays.copyOf(lasts, periods * 2);
        }
        firsts[periods] = firstSeq;
        lasts[periods] = Long.MAX_VALUE;
        periods++;
    }

    void leave(long lastSeq) {
        if (isMember()) {
            lasts[periods - 1] = lastSeq;
        }
    }

    boolean isMember() {
        return periods > 0 && lasts[periods - 1] == Long.MAX_VALUE;
    }

    /** The first seq of the newest period. */
    long first() {
        return firsts[periods - 1];
    }

    /** The last seq of the newest period; {@link Long#MAX_VALUE} for a member. */
    long last() {
        return lasts[periods - 1];
    }

    /** Whether the user may see it, or might at some time. */
    boolean everCovered(long seq) {
        for (int i = 0; i < periods; i++) {
            if (firsts[i] <= seq && seq <= lasts[i]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < periods; i++) {
            text.append(i == 0 ? "" : ", ").append(firsts[i]).append("..");
            text.append(lasts[i] == Long.MAX_VALUE ? "" : String.valueOf(lasts[i]));
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }
}
