package io.lastack.store.redis.cluster;

import io.lastack.spi.Bus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** One node on the bus: what it sends, what it listens on, and the connections for both. Thread-safe. */
final class RedisLink implements Bus.Link {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Servers servers;
    private final String prefix;
    private final String node;
    private final Bus.Receiver receiver;
    private final SignalQueue queue = new SignalQueue();
    private final Set<String> wanted = new HashSet<>();
    private volatile @Nullable Ear ear;
    private volatile boolean sending;
    private volatile boolean closed;
    private @Nullable Thread sender;
    private @Nullable Thread listener;

    RedisLink(Servers servers, String prefix, String node, Bus.Receiver receiver) {
        this.servers = servers;
        this.prefix = prefix;
        this.node = node;
        this.receiver = receiver;
    }

    void start(ThreadFactory threads) {
        sender = threads.newThread(this::send);
        listener = threads.newThread(this::listen);
        sender.start();
        listener.start();
    }

    // ---- what the node asks for

    @Override
    public void publish(String channel, byte[] signal) {
        if (closed || !sending) {
            queue.drop(1);
        } else {
            queue.add(new SignalQueue.Outgoing(name(channel), signal));
        }
    }

    private byte[] name(String channel) {
        return (prefix + channel).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void subscribe(String channel) {
        synchronized (wanted) {
            wanted.add(prefix + channel);
        }
        queue.wake();
    }

    @Override
    public void unsubscribe(String channel) {
        synchronized (wanted) {
            wanted.remove(prefix + channel);
        }
        queue.wake();
    }

    private Set<String> wanted() {
        synchronized (wanted) {
            return Set.copyOf(wanted);
        }
    }

    @Override
    public boolean isConnected() {
        Ear now = ear;
        return sending && now != null && now.isLive();
    }

    @Override
    public long dropped() {
        return queue.dropped();
    }

    // ---- sending; the only thread that writes to either connection once that is up

    private void send() {
        Backoff backoff = new Backoff();
        while (!closed) {
            try (Jedis jedis = servers.connect("lastack-bus-" + node)) {
                jedis.ping();
                sending = true;
                backoff.reset();
                while (!closed) {
                    queue.publishSome(jedis);
                    tend();
                }
            } catch (RuntimeException e) {
                sending = false;
                queue.clear();
                log.debug("node {} cannot send over Redis: {}", node, e.toString());
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

    // ---- listening

    private void listen() {
        Backoff backoff = new Backoff();
        while (!closed) {
            Ear now = null;
            try (Jedis jedis = servers.connect("lastack-ear-" + node)) {
                now = new Ear(jedis, prefix, prefix + "node-" + node, receiver, backoff::reset);
                ear = now;
                now.listen(wanted());
            } catch (RuntimeException e) {
                log.debug("node {} does not hear Redis: {}", node, e.toString());
            }
            ear = null;
            if (now != null && now.isLive() && !closed) {
                now.ended();
                receiver.disconnected();
            }
            backoff.pause(() -> closed);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        queue.awaitEmpty(CLOSE_TIMEOUT.dividedBy(6));
        closed = true;
        queue.wake();
        Ear now = ear;
        if (now != null) {
            now.cut();
        }
        join(sender);
        join(listener);
    }

    private static void join(@Nullable Thread thread) {
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
