package io.lastack.internal.cursor;

import io.lastack.error.StoreException;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values on their way to the store, merged by key and written in sorted batches a short interval after the first of them:
 * whatever the rate, at most one row per key and interval. A batch that fails is merged back and tried again, so that
 * nothing is dropped while the process lives; a crash loses at most one interval. Thread-safe.
 */
public final class WriteBehind<K extends Comparable<K>, V> {
    private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);
    private static final int MAX_BATCH = 2_000;
    private static final int MAX_BACKOFF_INTERVALS = 32;

    private final EngineRuntime runtime;
    private final Duration interval;
    private final BinaryOperator<V> merge;
    private final Writer<V> writer;

    private Map<K, V> dirty = new HashMap<>();
    private Map<K, V> writing = Map.of();

    /** By number, the batches that were stored since the earliest of the reads under way began. */
    private final SortedMap<Long, Map<K, V>> storedMeanwhile = new TreeMap<>();

    /** How many reads under way began after so many batches had been stored. */
    private final SortedMap<Long, Integer> reads = new TreeMap<>();

    private long batches;
    private boolean scheduled;
    private int failures;
    private @Nullable CompletableFuture<Void> idle;

    /** Writes a sorted batch to the store and tells whom it concerns. May block, and fail as stores do. */
    @FunctionalInterface
    public interface Writer<V> {
        void write(List<V> sorted);
    }

    public WriteBehind(EngineRuntime runtime, Duration interval, BinaryOperator<V> merge, Writer<V> writer) {
        this.runtime = runtime;
        this.interval = interval;
        this.merge = merge;
        this.writer = writer;
    }

    public void put(K key, V value) {
        synchronized (this) {
            dirty.merge(key, value, merge);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        runtime.schedule(interval, () -> runtime.execute(this::flush));
    }

    /**
     * Begins a read of the store. Until it ends, what is stored meanwhile counts as pending: the read may have come before it.
     *
     * @return to be given to {@link #endRead}
     */
    public synchronized long beginRead() {
        reads.merge(batches, 1, Integer::sum);
        return batches;
    }

    /** Ends a read that began; called once for each. */
    public synchronized void endRead(long begun) {
        reads.computeIfPresent(begun, (after, count) -> count == 1 ? null : count - 1);
        if (reads.isEmpty()) {
            storedMeanwhile.clear();
        } else {
            storedMeanwhile.headMap(reads.firstKey() + 1).clear();
        }
    }

    /** What is not stored yet for a key, as far as a read under way can know, or null. */
    public synchronized @Nullable V pending(K key) {
        V found = null;
        for (Map<K, V> batch : storedMeanwhile.values()) {
            found = newer(found, batch.get(key));
        }
        return newer(newer(found, writing.get(key)), dirty.get(key));
    }

    private @Nullable V newer(@Nullable V older, @Nullable V newer) {
        return older == null ? newer : newer == null ? older : merge.apply(older, newer);
    }

    /** Completes once everything put so far is stored. */
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> done;
        synchronized (this) {
            if (!scheduled) {
                return CompletableFuture.completedFuture(null);
            }
            if (idle == null) {
                idle = new CompletableFuture<>();
            }
            done = idle;
            if (!writing.isEmpty()) {
                return done;
            }
        }
        runtime.execute(this::flush);
        return done;
    }

    private void flush() {
        List<V> batch = begin();
        if (batch.isEmpty()) {
            return;
        }
        boolean ok = false;
        try {
            for (int from = 0; from < batch.size(); from += MAX_BATCH) {
                writer.write(batch.subList(from, Math.min(batch.size(), from + MAX_BATCH)));
            }
            ok = true;
        } catch (StoreException e) {
            log.warn("storing {} positions failed; they are kept and tried again: {}", batch.size(), e.toString());
        } catch (RuntimeException e) {
            log.error("storing {} positions failed; they are kept and tried again", batch.size(), e);
        }
        end(ok);
    }

    private synchronized List<V> begin() {
        if (!writing.isEmpty() || dirty.isEmpty()) {
            return List.of();
        }
        writing = dirty;
        dirty = new HashMap<>();
        return new ArrayList<>(writing.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList());
    }

    private void end(boolean ok) {
        CompletableFuture<Void> done = null;
        Duration pause = interval;
        synchronized (this) {
            if (ok) {
                failures = 0;
                batches++;
                if (!reads.isEmpty()) {
                    storedMeanwhile.put(batches, writing);
                }
            } else {
                failures = Math.min(failures + 1, MAX_BACKOFF_INTERVALS);
                pause = interval.multipliedBy(failures);
                Map<K, V> newer = dirty;
                dirty = new HashMap<>(writing);
                newer.forEach((key, value) -> dirty.merge(key, value, merge));
            }
            writing = Map.of();
            scheduled = !dirty.isEmpty();
            if (!scheduled) {
                done = idle;
                idle = null;
            } else if (idle != null && ok) {
                pause = Duration.ZERO;
            }
            if (scheduled) {
                runtime.schedule(pause, () -> runtime.execute(this::flush));
            }
        }
        if (done != null) {
            done.complete(null);
        }
    }
}
