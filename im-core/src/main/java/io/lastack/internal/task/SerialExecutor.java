package io.lastack.internal.task;

import io.lastack.spi.EngineRuntime;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order in which they were given, on the threads of a runtime. What one task wrote, the
 * next one sees. A task that throws is logged, and the next one runs. Safe for use by several threads.
 */
public final class SerialExecutor implements Executor {
    private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

    /** After so many tasks the thread is given back, so that one busy executor does not starve the others. */
    private static final int TASKS_PER_TURN = 64;

    private final EngineRuntime runtime;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean scheduled;
    private volatile @Nullable Thread runner;

    public SerialExecutor(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    /** Puts the task behind those given before; never runs it before this method returns. */
    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        scheduleTurn();
    }

    /** Whether the calling thread is running a task of this executor right now. */
    public boolean isInside() {
        return runner == Thread.currentThread();
    }

    private void scheduleTurn() {
        try {
            runtime.execute(this::turn);
        } catch (RuntimeException refused) {
            synchronized (tasks) {
                scheduled = false;
            }
            throw refused;
        }
    }

    private void turn() {
        runner = Thread.currentThread();
        boolean more = true;
        try {
            for (int i = 0; more && i < TASKS_PER_TURN; i++) {
                more = runNext();
            }
        } finally {
            if (more) {
                runner = null;
                scheduleTurn();
            }
        }
    }

    private boolean runNext() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.poll();
            if (task == null) {
                // Before the lock is given back: from then on another thread may begin a turn.
                runner = null;
                scheduled = false;
                return false;
            }
        }
        run(task);
        return true;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task failed; the next one runs", e);
        }
    }
}
