package io.lastack.store.redis.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/**
 * A node's two connections to one server, or to any of several: one that sends, one that listens, and a thread for each.
 * Connects again by itself. Thread-safe.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final RedisLink link;
    private final Supplier<Jedis> connection;
    private final String own;
    private final boolean sharded;
    private final SignalQueue queue = new SignalQueue();
    private volatile @Nullable Ear ear;
    private volatile boolean sending;
    private volatile boolean closed;
    private @Nullable Thread sender;
    private @Nullable Thread listener;

    /**
     * @param connection makes a new one; may block for some seconds
     * @param own a channel that nobody else publishes on; of a slot of the server if it is one of several
     */
    Lane(RedisLink link, Supplier<Jedis> connection, String own, boolean sharded) {
        this.link = link;
        this.connection = connection;
        this.own = own;
        this.sharded = sharded;
    }

    void start(ThreadFactory threads) {
        sender = threads.newThread(this::send);
        listener = threads.newThread(this::listen);
        sender.start();
        listener.start();
    }

    String own() {
        return own;
    }

    void publish(byte[] channel, byte[] signal) {
        if (closed || !sending) {
            queue.drop(1);
        } else {
            queue.add(new SignalQueue.Outgoing(channel, signal));
        }
    }

    /** What is to be heard may have changed. */
    void wake() {
        queue.wake();
    }

    /** Subscribes to everything anew, and says when it has. */
    void listenAnew() {
        Ear now = ear;
        if (now != null) {
            now.cut();
        }
    }

    boolean isConnected() {
        Ear now = ear;
        return sending && now != null && now.isLive();
    }

    long dropped() {
        return queue.dropped();
    }

    // ---- sending; the only thread that writes to either connection once that is up

    private void send() {
        Backoff backoff = new Backoff();
        while (!closed) {
            try (Jedis jedis = connection.get()) {
                jedis.ping();
                sending = true;
                backoff.reset();
                while (!closed) {
                    queue.publishSome(jedis, sharded);
                    tend();
                }
            } catch (RuntimeException e) {
                sending = false;
                queue.clear();
                log.debug("signals cannot be sent over Redis: {}", e.toString());
                link.trouble();
            }
            tendQuietly();
            backoff.pause(() -> closed);
        }
    }

    private void tendQuietly() {
        try {
            tend();
        } catch (RuntimeException e) {
            log.debug("the connection that listens is gone: {}", e.toString());
        }
    }

    /** Asks the other connection for what is to be heard, and for a sign of life. */
    private void tend() {
        Ear now = ear;
        if (now != null) {
            now.tend(wanted());
        }
    }

    private Set<String> wanted() {
        return link.wanted(this);
    }

    // ---- listening

    private void listen() {
        Backoff backoff = new Backoff();
        while (!closed) {
            Ear now = null;
            try (Jedis jedis = connection.get()) {
                now = new Ear(jedis, own, new Hearing(backoff), sharded ? this::askForLife : null);
                ear = now;
                now.listen(wanted());
            } catch (RuntimeException e) {
                log.debug("Redis is not heard: {}", e.toString());
            }
            ear = null;
            if (now != null && now.isLive()) {
                now.ended();
                link.down(this);
            }
            link.trouble();
            backoff.pause(() -> closed);
        }
    }

    private void askForLife() {
        if (sending) {
            queue.add(new SignalQueue.Outgoing(RedisLink.bytes(own), new byte[0]));
        }
    }

    private final class Hearing implements Ear.Listener {
        private final Backoff backoff;

        Hearing(Backoff backoff) {
            this.backoff = backoff;
        }

        @Override
        public void live() {
            backoff.reset();
            link.up(Lane.this);
        }

        @Override
        public void signal(String name, byte[] signal) {
            link.received(name, signal);
        }

        @Override
        public void moved() {
            link.trouble();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        queue.awaitEmpty(CLOSE_TIMEOUT.dividedBy(6));
        closed = true;
        queue.wake();
        listenAnew();
        join(sender);
        join(listener);
    }

    static void join(@Nullable Thread thread) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.interrupt();
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
