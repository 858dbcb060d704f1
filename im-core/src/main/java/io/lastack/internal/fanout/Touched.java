package io.lastack.internal.fanout;

import java.util.ArrayList;
import java.util.List;

/**
 * The sessions that got frames while one batch was dispatched; each is flushed once, at the end, so that all its frames
 * leave in one packet. Used by one thread.
 */
public final class Touched {
    private final List<Flushable> sessions = new ArrayList<>();

    /** Something with frames waiting to be written. */
    public interface Flushable {
        /** @return true the first time since the last flush */
        boolean markTouched();

        void flush();
    }

    public void add(Flushable session) {
        if (session.markTouched()) {
            sessions.add(session);
        }
    }

    public void flushAll() {
        sessions.forEach(Flushable::flush);
        sessions.clear();
    }
}
