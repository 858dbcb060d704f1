package io.lastack.transport.tyrus.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of an I/O thread that takes long, in the order in which it came, a piece at a time. Between two pieces the thread sees to
 * its sockets. Between two tasks it does not: Netty's event loop runs all that wait, and those that they add, before it looks
 * for input again. What is scheduled for now is due only after it has looked.
 */
final class IoTurns implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(IoTurns.class);

    private static final FastThreadLocal<IoTurns> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected IoTurns initialValue() {
            return new IoTurns();
        }
    };

    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private IoTurns() {}

    /** Runs a piece of work in its turn; at once where the thread is to end. Only on the thread. */
    static void take(EventExecutor thread, Runnable piece) {
        var turns = OF_THREAD.get();
        turns.waiting.add(piece);
        if (turns.waiting.size() == 1) {
            turns.next(thread);
        }
    }

    private void next(EventExecutor thread) {
        thread.schedule(this, 0, TimeUnit.NANOSECONDS).addListener(turn -> passed(thread, turn));
    }

    private void passed(EventExecutor thread, Future<?> turn) {
        if (turn.isCancelled()) {
            while (!waiting.isEmpty()) {
                run();
            }
        } else if (!waiting.isEmpty()) {
            next(thread);
        }
    }

    @Override
    public void run() {
        try {
            waiting.element().run();
        } catch (RuntimeException e) {
            LOG.warn("a piece of work of an I/O thread failed", e);
        } finally {
            waiting.remove();
        }
    }
}
