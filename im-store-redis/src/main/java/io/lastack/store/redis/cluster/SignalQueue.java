package io.lastack.store.redis.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;

/** Signals that wait to be sent, bounded in number and in bytes; what does not fit is dropped and counted. Thread-safe. */
final class SignalQueue {
    static final int MOST = 20_000;
    static final int MOST_BYTES = 32 << 20;

    private static final int AT_ONCE = 256;
    private static final CommandObjects COMMANDS = new CommandObjects(RedisProtocol.RESP2);
    private static final long IDLE_MILLIS = 1_000;

    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean inFlight;
    private boolean woken;
    private long dropped;

    @SuppressWarnings("ArrayRecordComponent")
    record Outgoing(byte[] channel, byte[] signal) {}

    synchronized void add(Outgoing signal) {
        if (waiting.size() >= MOST || bytes + signal.signal().length > MOST_BYTES) {
            dropped++;
            return;
        }
        waiting.add(signal);
        bytes += signal.signal().length;
        notifyAll();
    }

    synchronized void drop(int count) {
        dropped += count;
    }

    synchronized long dropped() {
        return dropped;
    }

    /** What waits is dropped: it would be old news. */
    synchronized void clear() {
        dropped += waiting.size();
        waiting.clear();
        bytes = 0;
        inFlight = false;
        notifyAll();
    }

    /** Ends the wait of {@link #publishSome}. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits a while for signals, and sends those that wait. What fails is lost. */
    void publishSome(Jedis jedis, boolean sharded) {
        List<Outgoing> some = take();
        if (some.isEmpty()) {
            return;
        }
        try {
            Pipeline pipeline = jedis.pipelined();
            List<Response<Long>> answers = some.stream()
                    .map(signal -> sharded
                            ? pipeline.executeCommand(COMMANDS.spublish(signal.channel(), signal.signal()))
                            : pipeline.publish(signal.channel(), signal.signal()))
                    .toList();
            pipeline.sync();
            // Says so where the slot of a channel is elsewhere by now.
            answers.forEach(Response::get);
        } catch (RuntimeException e) {
            drop(some.size());
            throw e;
        } finally {
            synchronized (this) {
                inFlight = false;
                notifyAll();
            }
        }
    }

    private synchronized List<Outgoing> take() {
        if (waiting.isEmpty() && !woken) {
            await(IDLE_MILLIS);
        }
        woken = false;
        List<Outgoing> some = new ArrayList<>();
        while (!waiting.isEmpty() && some.size() < AT_ONCE) {
            Outgoing next = waiting.remove();
            bytes -= next.signal().length;
            some.add(next);
        }
        inFlight = !some.isEmpty();
        return some;
    }

    /** Waits until all is sent or dropped, at most so long. */
    synchronized void awaitEmpty(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while ((!waiting.isEmpty() || inFlight) && left > 0) {
            await(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            left = end - System.nanoTime();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // Who calls this looks again, or is content to be early.
    private synchronized void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // The link is closing; who waits looks again.
            woken = true;
        }
    }
}
