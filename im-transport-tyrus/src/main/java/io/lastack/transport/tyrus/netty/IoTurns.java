package io.lastack.transport.tyrus.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of an I/O thread, so much at a time, and between two times the thread sees to its sockets. Between two tasks it does not:
 * Netty's event loop runs all that wait, and those that they add, before it looks for input again. What is scheduled for now is
 * due only after it has looked.
 *
 * <p>Who gives little does not wait behind who gives much: what waits is queued by who gave it, and each queue in its turn gives
 * one piece (stochastic fairness queueing, McKenney 1990: several may share a queue). Within a queue the order is kept.
 */
final class IoTurns implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(IoTurns.class);

    /** What may be done between two looks at the sockets: one long piece, or so many short ones. */
    private static final int TURN = 64;

    private static final int QUEUES = 16;

    private static final FastThreadLocal<IoTurns> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected IoTurns initialValue() {
            return new IoTurns();
        }
    };

    private record Piece(Runnable work, int cost) {}

    private final List<Queue<Piece>> queues = Stream.generate(() -> (Queue<Piece>) new ArrayDeque<Piece>(0))
            .limit(QUEUES)
            .toList();

    private int waiting;
    private int next;
    private int left = TURN;

    private IoTurns() {}

    /** Runs a piece of work that takes long in its turn; at once where the thread is to end. Only on the thread. */
    static void take(EventExecutor thread, Runnable piece) {
        OF_THREAD.get().add(thread, Thread.currentThread().getId(), new Piece(piece, TURN));
    }

    /**
     * Runs a piece of work that takes some microseconds: now, unless much was done since the thread saw to its sockets. Only on
     * the thread.
     *
     * @param source who gives it; any number, of which the last bits tell one from the other
     */
    static void takeShort(EventExecutor thread, long source, Runnable piece) {
        var turns = OF_THREAD.get();
        if (turns.waiting == 0 && turns.left > 0) {
            turns.left--;
            piece.run();
        } else {
            turns.add(thread, source, new Piece(piece, 1));
        }
    }

    private void add(EventExecutor thread, long source, Piece piece) {
        queues.get((int) (source & (QUEUES - 1))).add(piece);
        if (++waiting == 1) {
            look(thread);
        }
    }

    private void look(EventExecutor thread) {
        thread.schedule(this, 0, TimeUnit.NANOSECONDS).addListener(turn -> passed(thread, turn));
    }

    private void passed(EventExecutor thread, Future<?> turn) {
        if (turn.isCancelled()) {
            while (waiting > 0) {
                run();
            }
        } else if (waiting > 0) {
            look(thread);
        }
    }

    /** A turn. A piece counts as waiting while it runs, so that what it adds begins no second series of turns. */
    @Override
    public void run() {
        left = TURN;
        while (left > 0 && waiting > 0) {
            var piece = poll();
            left -= piece.cost();
            try {
                piece.work().run();
            } catch (RuntimeException e) {
                LOG.warn("a piece of work of an I/O thread failed", e);
            } finally {
                waiting--;
            }
        }
    }

    private Piece poll() {
        while (true) {
            next = (next + 1) % QUEUES;
            var piece = queues.get(next).poll();
            if (piece != null) {
                return piece;
            }
        }
    }
}
