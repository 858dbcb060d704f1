package io.lastack.internal.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The sessions that got frames while one batch was dispatched; each is flushed once, at the end, so that all its frames
 * leave in one packet. Used by one thread.
 */
public final class Touched {
    /** To flush so many takes half a millisecond; to flush more is longer than other conversations should wait. */
    static final int CROWD = 256;

    /** So many of a crowd are flushed at a time. */
    static final int SLICE = 64;

    private final List<Flushable> sessions = new ArrayList<>();
    private final List<Flushable> crowd = new ArrayList<>(0);

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

    /** How many are to be flushed, those of a crowd left out. */
    int size() {
        return sessions.size();
    }

    /** What was added after the first {@code few} is a crowd, if it is large: whoever is none of it need not wait for it. */
    void setCrowdAside(int few) {
        List<Flushable> added = sessions.subList(few, sessions.size());
        if (added.size() > CROWD) {
            crowd.addAll(added);
            added.clear();
        }
    }

    public void flushAll() {
        flush(sessions);
        flush(crowd);
    }

    /** Flushes all but crowds; these by and by, in their order. */
    public void flushAll(Executor later) {
        flush(sessions);
        for (int from = 0; from < crowd.size(); from += SLICE) {
            List<Flushable> slice = List.copyOf(crowd.subList(from, Math.min(crowd.size(), from + SLICE)));
            later.execute(() -> slice.forEach(Flushable::flush));
        }
        crowd.clear();
    }

    private static void flush(List<Flushable> some) {
        some.forEach(Flushable::flush);
        some.clear();
    }
}
