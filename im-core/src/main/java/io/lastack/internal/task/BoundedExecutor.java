package io.lastack.internal.task;

import io.lastack.spi.EngineRuntime;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs so many tasks at once at the most, on the threads of a runtime; the others wait, and begin in the order in which they
 * were given. Who gives many at once takes no more threads than that from everybody else. A task that throws is logged. Safe
 * for use by several threads.
 */
public final class BoundedExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(BoundedExecutor.class);

    /** After so many tasks the thread is given back, so that those of others run too. */
    private static final int TASKS_PER_TURN = 64;

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
            runtime.execute(() -> turn(task));
        } catch (RuntimeException refused) {
            synchronized (waiting) {
                running--;
            }
            throw refused;
        }
    }

    /** Goes on with those that wait: to give each to another thread takes longer than most of them do. */
    private void turn(Runnable first) {
        Runnable task = first;
        for (int i = 0; task != null && i < TASKS_PER_TURN; i++) {
            task = runAndTakeNext(task);
        }
        beginIfAny(task);
    }

    private @Nullable Runnable runAndTakeNext(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task failed; the next one runs", e);
        } catch (Error e) {
            beginIfAny(next());
            throw e;
        }
        return next();
    }

    private void beginIfAny(@Nullable Runnable task) {
        if (task != null) {
            begin(task);
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            if (task == null) {
                running--;
            }
            return task;
        }
    }
}
