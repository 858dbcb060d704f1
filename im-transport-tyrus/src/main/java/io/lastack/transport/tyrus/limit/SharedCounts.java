package io.lastack.transport.tyrus.limit;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node has admitted, charged to buckets that all nodes share, and how long they make it wait for what others have
 * admitted. One charge covers a share of the limit, so that most frames cost nothing, and no frame waits for one. While the
 * buckets do not answer nobody has to wait; what was admitted meanwhile is charged when they do. Thread-safe; does not block.
 */
final class SharedCounts {
    private static final Logger log = LoggerFactory.getLogger(SharedCounts.class);
    private static final int SHARES = 10;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final EngineRuntime runtime;
    private final BiFunction<String, BucketConfiguration, Bucket> buckets;
    private final Cache<String, Account> accounts;
    private final Queue<Account> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean charging = new AtomicBoolean();
    private volatile boolean away;
    /** Read and written by whoever charges, one at a time. */
    private boolean failing;

    /** @param accounts bounded; forgets what was not used for as long as a bucket takes to be full again */
    SharedCounts(
            EngineRuntime runtime,
            BiFunction<String, BucketConfiguration, Bucket> buckets,
            Cache<String, Account> accounts) {
        this.runtime = runtime;
        this.buckets = buckets;
        this.accounts = accounts;
    }

    /** What was admitted under one key. */
    static final class Account {
        private final String key;
        private final BucketConfiguration configuration;
        private final long capacity;
        private final long share;
        private long uncharged;
        private boolean queued;
        private boolean blocked;
        private long blockedUntilNanos;

        Account(String key, BucketConfiguration configuration) {
            this.key = key;
            this.configuration = configuration;
            this.capacity = configuration.getBandwidths()[0].getCapacity();
            this.share = Math.max(1, capacity / SHARES);
        }

        private synchronized long waitNanos(long now) {
            long left = blocked ? blockedUntilNanos - now : 0;
            blocked = left > 0;
            return Math.max(0, left);
        }

        /** @return whether it is to be charged now */
        private synchronized boolean admitted() {
            // More than the bucket holds is refilled before it could be charged.
            uncharged = Math.min(capacity, uncharged + 1);
            return isDue();
        }

        private synchronized boolean isDue() {
            boolean now = !queued && uncharged >= share;
            queued |= now;
            return now;
        }

        private synchronized long take() {
            long taken = uncharged;
            uncharged = 0;
            return taken;
        }

        private synchronized void charged(long violationNanos, long now) {
            queued = false;
            if (violationNanos > 0) {
                blocked = true;
                blockedUntilNanos = now + violationNanos;
            }
        }

        /** Stays queued. */
        private synchronized void notCharged(long tokens) {
            uncharged = Math.min(capacity, uncharged + tokens);
        }
    }

    /** How long nothing more is admitted under a key; 0 for as far as is known. */
    long waitNanos(String key) {
        Account account = accounts.getIfPresent(key);
        return account == null ? 0 : account.waitNanos(runtime.nanoTime());
    }

    /** One more was admitted under a key. */
    void admitted(String key, BucketConfiguration configuration) {
        Account account = accounts.get(key, any -> new Account(key, configuration));
        if (account.admitted()) {
            due.add(account);
            chargeSoon();
        }
    }

    private void chargeSoon() {
        if (!due.isEmpty() && !away && charging.compareAndSet(false, true)) {
            runtime.execute(this::chargeDue);
        }
    }

    private void chargeDue() {
        try {
            for (Account next = due.poll(); next != null; next = due.poll()) {
                if (!charge(next)) {
                    break;
                }
            }
        } finally {
            charging.set(false);
        }
        chargeSoon();
    }

    private boolean charge(Account account) {
        long tokens = account.take();
        try {
            long violation = buckets.apply(account.key, account.configuration).consumeIgnoringRateLimits(tokens);
            account.charged(violation, runtime.nanoTime());
            if (failing) {
                failing = false;
                log.info("the buckets of shared rate limits answer again");
            }
        } catch (RuntimeException e) {
            account.notCharged(tokens);
            due.add(account);
            pause(e);
            return false;
        }
        if (account.isDue()) {
            due.add(account);
        }
        return true;
    }

    private void pause(RuntimeException failure) {
        if (!failing) {
            failing = true;
            log.warn(
                    "the buckets of shared rate limits do not answer; each node limits by itself: {}",
                    failure.toString());
        }
        away = true;
        runtime.schedule(PAUSE_AFTER_FAILURE, () -> {
            away = false;
            chargeSoon();
        });
    }
}
