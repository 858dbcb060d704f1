package io.lastack.examples.nodes;

import io.lastack.log.ClientMessageId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** How long after its confirmation a message was shown, to each who was shown it. */
final class Delays {
    private final Map<ClientMessageId, Long> confirmedAt = new ConcurrentHashMap<>();
    private volatile Histogram delays = newHistogram();

    private static Histogram newHistogram() {
        return new SynchronizedHistogram(3);
    }

    void confirmed(ClientMessageId id) {
        confirmedAt.put(id, System.nanoTime());
    }

    /** What is shown before its confirmation came has no delay. */
    void shown(ClientMessageId id, long now) {
        Long confirmed = confirmedAt.get(id);
        delays.recordValue(confirmed == null ? 0 : TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - confirmed)));
    }

    /** Those since the last call. */
    Taken take() {
        Histogram taken = delays;
        delays = newHistogram();
        return new Taken(
                taken.getTotalCount(),
                taken.getValueAtPercentile(50),
                taken.getValueAtPercentile(99),
                taken.getMaxValue());
    }

    /** In milliseconds. */
    record Taken(long deliveries, long p50, long p99, long longest) {
        @Override
        public String toString() {
            return String.format("%d deliveries, p50 %d ms, p99 %d ms, longest %d ms", deliveries, p50, p99, longest);
        }
    }
}
