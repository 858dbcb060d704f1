package io.lastack.store.redis.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/**
 * One connection that listens, from its first subscription to its end. One thread reads; after that has begun, one other
 * thread writes ({@link #tend}).
 */
final class Ear {
    private static final Logger log = LoggerFactory.getLogger(Ear.class);
    private static final Duration PING = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(6);

    /** Who hears. */
    interface Listener {
        /** All that was asked for at first is subscribed to. */
        void live();

        void signal(String name, byte[] signal);

        /** The server has ended a subscription, as the slot went to another. */
        void moved();
    }

    private final Jedis jedis;
    private final String last;
    private final Listener listener;
    private final Subscriber subscriber;
    private final Set<String> asked = new HashSet<>();
    private long pingedNanos;
    private volatile long heardNanos;
    private volatile boolean live;

    /**
     * @param last a channel of this node's own, subscribed behind all others: once it is confirmed, all are
     * @param ask see {@link Subscriber#sharded}; null for plain subscriptions
     */
    Ear(Jedis jedis, String last, Listener listener, @org.jspecify.annotations.Nullable Runnable ask) {
        this.jedis = jedis;
        this.last = last;
        this.listener = listener;
        this.subscriber = ask == null ? Subscriber.plain(this) : Subscriber.sharded(this, ask);
        this.heardNanos = System.nanoTime();
    }

    /** Listens until the connection ends. */
    void listen(Set<String> channels) {
        asked.addAll(channels);
        byte[][] all = new byte[channels.size() + 1][];
        int i = 0;
        for (String channel : channels) {
            all[i++] = bytes(channel);
        }
        all[i] = bytes(last);
        subscriber.listen(jedis, all);
    }

    private static byte[] bytes(String channel) {
        return channel.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] channel) {
        return new String(channel, StandardCharsets.UTF_8);
    }

    boolean isLive() {
        return live;
    }

    void ended() {
        live = false;
    }

    /** Ends the connection under its reader. */
    void cut() {
        jedis.disconnect();
    }

    // ---- told by the connection

    void subscribed(byte[] channel) {
        heard();
        if (!live && text(channel).equals(last)) {
            live = true;
            tell(listener::live);
        }
    }

    void unsubscribed(byte[] channel) {
        heard();
        String name = text(channel);
        boolean wanted;
        synchronized (asked) {
            wanted = asked.contains(name);
        }
        if (wanted || name.equals(last)) {
            tell(listener::moved);
        }
    }

    void message(byte[] channel, byte[] signal) {
        heard();
        String name = text(channel);
        if (!name.equals(last)) {
            tell(() -> listener.signal(name, signal));
        }
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.error("a signal could not be acted on", e);
        }
    }

    /** Subscribes and unsubscribes as is wanted now, asks for a sign of life, and ends a connection that gives none. */
    void tend(Set<String> wanted) {
        if (!live) {
            return;
        }
        long now = System.nanoTime();
        if (now - heardNanos > SILENCE.toNanos()) {
            log.warn("Redis was silent for {}; connecting again", SILENCE);
            cut();
            return;
        }
        List<String> more;
        List<String> fewer;
        synchronized (asked) {
            more = difference(wanted, asked);
            fewer = difference(asked, wanted);
            asked.addAll(more);
            fewer.forEach(asked::remove);
        }
        if (!more.isEmpty()) {
            subscriber.listenTo(bytes(more));
        }
        if (!fewer.isEmpty()) {
            subscriber.leave(bytes(fewer));
        }
        if (now - pingedNanos > PING.toNanos()) {
            pingedNanos = now;
            subscriber.ask();
        }
    }

    private static List<String> difference(Set<String> of, Set<String> without) {
        return of.stream().filter(c -> !without.contains(c)).toList();
    }

    private static byte[][] bytes(List<String> channels) {
        return channels.stream().map(Ear::bytes).toArray(byte[][]::new);
    }
}
