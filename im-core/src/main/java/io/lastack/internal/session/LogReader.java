package io.lastack.internal.session;

import io.lastack.log.SeqRange;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log for one session: one call to the store at a time, for many conversations at once. */
final class LogReader {
    static final int MAX_WANTS = 32;
    /** Before what could not be read is read again. */
    static final Duration PAUSE = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(LogReader.class);

    private final MessageLog messages;
    private final EngineRuntime runtime;
    private final Executor blocking;
    private final Arrivals arrivals;
    private final AtomicBoolean busy = new AtomicBoolean();

    record Want(Watch watch, long first, long last) {}

    /** Who takes the pages. */
    interface Arrivals {
        /** @param page null if it could not be read */
        void arrived(Want want, @Nullable LogPage page);

        /** All pages of one call arrived. */
        void done();
    }

    LogReader(MessageLog messages, EngineRuntime runtime, Executor blocking, Arrivals arrivals) {
        this.messages = messages;
        this.runtime = runtime;
        this.blocking = blocking;
        this.arrivals = arrivals;
    }

    /** Reserves the reader for one {@link #read}. @return false while it is busy */
    boolean acquire() {
        return busy.compareAndSet(false, true);
    }

    /**
     * Only after {@link #acquire} returned true.
     *
     * @param bytes how much in all, about; at least one message of each
     */
    void read(List<Want> wants, int bytes) {
        blocking.execute(() -> readNow(wants, bytes));
    }

    private void readNow(List<Want> wants, int bytes) {
        List<LogPage> pages;
        try {
            int bytesEach = Math.max(1, bytes / wants.size());
            pages = messages.read(wants.stream()
                    .map(w -> new LogQuery(w.watch().key.conversation(), new SeqRange(w.first(), w.last()), bytesEach))
                    .toList());
        } catch (RuntimeException e) {
            log.warn("reading {} conversations for a session failed; trying again: {}", wants.size(), e.toString());
            runtime.schedule(PAUSE, () -> finish(wants, null));
            return;
        }
        finish(wants, pages);
    }

    private void finish(List<Want> wants, @Nullable List<LogPage> pages) {
        busy.set(false);
        for (int i = 0; i < wants.size(); i++) {
            arrivals.arrived(wants.get(i), pages == null ? null : pages.get(i));
        }
        arrivals.done();
    }
}
