package io.lastack.store.jdbc;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether to look for repeats before an append, or to let the unique index find them. Looking costs a sixth of an append
 * where it takes a statement a message; a repeat that the index finds costs doing the append again. Repeats come in swarms
 * (clients that reconnect send again what was not confirmed), so one of them makes the next appends look first.
 */
final class RepeatWatch {
    private static final int WARY_FOR = 64;

    private final boolean alwaysLook;
    private final AtomicInteger wary = new AtomicInteger();

    RepeatWatch(boolean alwaysLook) {
        this.alwaysLook = alwaysLook;
    }

    /** Whether the append that asks is to look first. */
    boolean lookFirst() {
        return alwaysLook || wary.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    void sawRepeat() {
        wary.set(WARY_FOR);
    }
}
