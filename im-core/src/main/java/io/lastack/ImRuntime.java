package io.lastack;

import io.lastack.spi.EngineRuntime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's own time, threads and chance: what an engine runs on unless the host gives it something else. This is the
 * only class of the core that touches them; everything else takes an {@link EngineRuntime}.
 */
public final class ImRuntime implements EngineRuntime, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImRuntime.class);

    private final ExecutorService blocking;
    private final ScheduledExecutorService timer;
    private final SecureRandom random = new SecureRandom();

    private ImRuntime(ExecutorService blocking, ScheduledExecutorService timer) {
        this.blocking = blocking;
        this.timer = timer;
    }

    /** Daemon threads named {@code lastack-…}: one for timers, and as many as blocking work needs, reused. */
    public static ImRuntime system() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("lastack-timer-"));
        timer.setRemoveOnCancelPolicy(true);
        return new ImRuntime(Executors.newCachedThreadPool(named("lastack-io-")), timer);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        try {
            blocking.execute(() -> logged(task));
        } catch (RejectedExecutionException e) {
            log.debug("a task came after the end of the runtime");
        }
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = timer.schedule(() -> logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            log.debug("a timer came after the end of the runtime");
            return () -> {};
        }
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task failed", e);
        }
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** Lets running tasks end, and starts no more. */
    @Override
    public void close() {
        timer.shutdownNow();
        blocking.shutdown();
    }
}
