package io.lastack.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened, in order. All of it goes into one number, by which two runs are compared; its words are kept only where
 * somebody wants to read them.
 */
final class Trace {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private final VirtualTime time;
    private long hash = 1;
    private int step;

    Trace(boolean kept, VirtualTime time) {
        this.kept = kept;
        this.time = time;
    }

    void step(int number) {
        step = number;
    }

    int step() {
        return step;
    }

    long hash() {
        return hash;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** @param who and {@code what}: short, as a reader knows them */
    void note(String who, String what, String where, long a, long b) {
        fold(who.hashCode());
        fold(what.hashCode());
        fold(where.hashCode());
        fold(a);
        fold(b);
        fold(time.nanos());
        if (kept) {
            String numbers = a == 0 && b == 0 ? "" : b == 0 ? " " + a : " " + a + " " + b;
            lines.add(
                    String.format("%4d %10.3f ms  %-9s %s %s%s", step, time.nanos() / 1e6, who, what, where, numbers));
        }
    }

    void note(String who, String what, String where) {
        note(who, what, where, 0, 0);
    }

    private void fold(long value) {
        hash = Long.rotateLeft((hash ^ value) * PRIME, 29);
    }
}
