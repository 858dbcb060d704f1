package io.lastack.store.redis.cluster;

import io.lastack.spi.Bus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;

/**
 * One connection that listens, from its first subscription to its end. One thread reads; after that has begun, one other
 * thread writes ({@link #tend}).
 */
final class Ear extends BinaryJedisPubSub {
    private static final Logger log = LoggerFactory.getLogger(Ear.class);
    private static final Duration PING = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(6);

    private final Jedis jedis;
    private final String prefix;
    private final String last;
    private final Bus.Receiver receiver;
    private final Runnable whenLive;
    private final Set<String> asked = new HashSet<>();
    private long pingedNanos;
    private volatile long heardNanos;
    private volatile boolean live;

    /**
     * @param last a channel of this node's own, subscribed behind all others: once it is confirmed, all are
     * @param whenLive run when it is
     */
    Ear(Jedis jedis, String prefix, String last, Bus.Receiver receiver, Runnable whenLive) {
        this.jedis = jedis;
        this.prefix = prefix;
        this.last = last;
        this.receiver = receiver;
        this.whenLive = whenLive;
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
        jedis.subscribe(this, all);
    }

    private static byte[] bytes(String channel) {
        return channel.getBytes(StandardCharsets.UTF_8);
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

    @Override
    public void onSubscribe(byte[] channel, int count) {
        heard();
        if (!live && new String(channel, StandardCharsets.UTF_8).equals(last)) {
            live = true;
            whenLive.run();
            tell(receiver::connected);
        }
    }

    @Override
    public void onMessage(byte[] channel, byte[] signal) {
        heard();
        String name = new String(channel, StandardCharsets.UTF_8).substring(prefix.length());
        tell(() -> receiver.received(name, signal));
    }

    @Override
    public void onPong(byte[] pattern) {
        heard();
    }

    private void heard() {
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
        byte[][] more = difference(wanted, asked);
        byte[][] fewer = difference(asked, wanted);
        if (more.length > 0) {
            subscribe(more);
        }
        if (fewer.length > 0) {
            unsubscribe(fewer);
        }
        asked.clear();
        asked.addAll(wanted);
        if (now - pingedNanos > PING.toNanos()) {
            pingedNanos = now;
            ping();
        }
    }

    private static byte[][] difference(Set<String> of, Set<String> without) {
        return of.stream().filter(c -> !without.contains(c)).map(Ear::bytes).toArray(byte[][]::new);
    }
}
