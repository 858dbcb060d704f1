package io.lastack.testkit.sim;

import java.util.BitSet;

/** One conversation as the application of one device has seen it: what it confirmed, for ever; what it was shown, in this life. */
final class DeviceView {
    private final BitSet confirmed = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet shown = new BitSet();
    private final Made made = new Made();
    private long lastShown;

    /** The client was started anew: it may show again what was not confirmed, or not kept as confirmed. */
    void newLife() {
        refused.clear();
        shown.clear();
        lastShown = 0;
    }

    /** @return whether this client may show it now: for the first time and above all others, or once more after a refusal */
    boolean show(long seq) {
        if (refused.get((int) seq)) {
            refused.clear((int) seq);
            return true;
        }
        if (seq <= lastShown) {
            return false;
        }
        shown.set((int) seq);
        lastShown = seq;
        return true;
    }

    /** What the application has made of it, in all its lives. */
    Made made() {
        return made;
    }

    long lastShown() {
        return lastShown;
    }

    void confirm(long seq) {
        confirmed.set((int) seq);
    }

    void refuse(long seq) {
        refused.set((int) seq);
    }

    boolean isConfirmed(long seq) {
        return confirmed.get((int) seq);
    }
}
