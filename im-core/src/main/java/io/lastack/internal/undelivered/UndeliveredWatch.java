package io.lastack.internal.undelivered;

import io.lastack.error.StoreException;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.MessageListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when to look through which conversation: some time after something was appended there, and now and then through
 * all of them, for what other engines left when they died. One look at a time. Thread-safe.
 */
public final class UndeliveredWatch implements MessageListener {
    private static final Logger log = LoggerFactory.getLogger(UndeliveredWatch.class);

    private static final Duration BETWEEN_FULL_LOOKS = Duration.ofMinutes(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(250);
    private static final int PAGE = 500;

    /** Beyond so many the next full look finds them. */
    private static final int MAX_PENDING = 1_000_000;

    private final DeliveryMarks marks;
    private final EngineRuntime runtime;
    private final UndeliveredLook look;
    private final Duration after;
    private final Duration interval;
    private final Map<ConversationId, Long> dueNanos = new HashMap<>();
    private long nextFullLookNanos;
    private boolean stopped;

    public UndeliveredWatch(DeliveryMarks marks, EngineRuntime runtime, UndeliveredLook look, Duration after) {
        this.marks = marks;
        this.runtime = runtime;
        this.look = look;
        this.after = after;
        Duration quarter = after.dividedBy(4);
        this.interval = quarter.compareTo(LONGEST_INTERVAL) > 0
                ? LONGEST_INTERVAL
                : quarter.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : quarter;
        this.nextFullLookNanos = runtime.nanoTime();
    }

    public void start() {
        runtime.schedule(interval, () -> runtime.execute(this::lookNow));
    }

    public synchronized void stop() {
        stopped = true;
        dueNanos.clear();
    }

    @Override
    public void appended(List<Message> messages) {
        long due = runtime.nanoTime() + after.toNanos();
        synchronized (this) {
            for (Message message : messages) {
                if (!stopped && dueNanos.size() < MAX_PENDING) {
                    dueNanos.putIfAbsent(message.conversation(), due);
                }
            }
        }
    }

    private void lookNow() {
        try {
            takeDue().forEach(this::lookThrough);
            if (takeFullLook()) {
                lookThroughAll();
            }
        } catch (StoreException e) {
            log.warn("cannot look for undelivered messages now; they are looked for later", e);
        } finally {
            if (!isStopped()) {
                start();
            }
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized List<ConversationId> takeDue() {
        long now = runtime.nanoTime();
        List<ConversationId> due = new ArrayList<>();
        dueNanos.forEach((conversation, at) -> {
            if (at - now <= 0) {
                due.add(conversation);
            }
        });
        due.forEach(dueNanos::remove);
        due.sort(null);
        return due;
    }

    private synchronized boolean takeFullLook() {
        long now = runtime.nanoTime();
        if (stopped || nextFullLookNanos - now > 0) {
            return false;
        }
        nextFullLookNanos = now + BETWEEN_FULL_LOOKS.toNanos();
        return true;
    }

    private void lookThroughAll() {
        @Nullable ConversationId last = null;
        List<DeliveryMarks.Mark> page;
        do {
            page = marks.marks(last, PAGE);
            for (DeliveryMarks.Mark mark : page) {
                last = mark.conversation();
                if (mark.through() < mark.head() && !isPending(mark.conversation())) {
                    lookThrough(mark.conversation());
                }
            }
        } while (page.size() == PAGE && !isStopped());
    }

    private synchronized boolean isPending(ConversationId conversation) {
        return dueNanos.containsKey(conversation);
    }

    private void lookThrough(ConversationId conversation) {
        long waitMillis;
        try {
            waitMillis = look.through(conversation, runtime.currentTimeMillis() - after.toMillis());
        } catch (StoreException e) {
            log.warn("cannot look for undelivered messages of {} now; it is looked at later", conversation, e);
            waitMillis = after.toMillis();
        }
        if (waitMillis != UndeliveredLook.NOTHING_LEFT) {
            long due = runtime.nanoTime() + Duration.ofMillis(waitMillis).toNanos();
            synchronized (this) {
                if (!stopped) {
                    dueNanos.merge(conversation, due, Math::min);
                }
            }
        }
    }
}
