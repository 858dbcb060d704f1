package io.lastack.internal.task;

import io.lastack.spi.EngineRuntime;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs so many tasks at once at the most, on the threads of a runtime; the others wait, and begin in the order in which they
 * were given. Who gives many at once takes no more threads than that from everybody else. A task that throws is logged. Safe
 * for use by several threads.
 */
public final class BoundedExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(BoundedExecutor.class);

    private final EngineRuntime runtime;
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param most at least 1 */
    public BoundedExecutor(EngineRuntime runtime, int most) {
        this.runtime = runtime;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            if (running == most) {
                waiting.add(task);
                return;
            }
            running++;
        }
        begin(task);
    }

    private void begin(Runnable task) {
        try {
            runtime.execute(() -> run(task));
        } catch (RuntimeException refused) {
            synchronized (waiting) {
                running--;
            }
            throw refused;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task failed; the next one runs", e);
        } finally {
            next();
        }
    }

    private void next() {
        Runnable task;
        synchronized (waiting) {
            task = waiting.poll();
            if (task == null) {
                running--;
                return;
            }
        }
        begin(task);
    }
}
