package io.lastack.store.redis.cluster;

import io.lastack.spi.Bus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bus over the publish and subscribe of Redis. Each link has a connection and a thread for sending, and one of each for
 * receiving; it connects again by itself, after a pause that grows from 0.1 s to 5 s. Signals that wait are bounded in number
 * and bytes; while Redis is away they are dropped and counted. A connection that was dropped unnoticed is found within 6 s.
 *
 * <p>Works with a single server, and with a Redis Cluster, whose servers pass signals on to one another. Needs no data in
 * Redis, and loses nothing by {@code FLUSHALL}.
 */
public final class RedisBus implements Bus, AutoCloseable {
    private final Servers servers;
    private final String prefix;
    private final ThreadFactory threads;
    private final List<RedisLink> links = new CopyOnWriteArrayList<>();

    private RedisBus(Servers servers, String prefix, ThreadFactory threads) {
        this.servers = servers;
        this.prefix = prefix;
        this.threads = threads;
    }

    /**
     * A bus over the server at a URL, on daemon threads named {@code lastack-bus-…}. Connects when a node joins.
     *
     * @param url such as {@code redis://host:6379} or {@code rediss://user:password@host:6379}
     * @throws IllegalArgumentException if it is not such
     */
    public static RedisBus of(String url) {
        return of(List.of(url), "lastack:", named());
    }

    /**
     * @param urls of one server, or of several of one cluster, tried in turn
     * @param prefix of all channels: what is joined over one Redis and is to be apart has different ones
     * @param threads gives two threads for each node that joins
     */
    public static RedisBus of(List<String> urls, String prefix, ThreadFactory threads) {
        return new RedisBus(Servers.of(urls), prefix, threads);
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "lastack-bus-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Link join(String node, Receiver receiver) {
        RedisLink link = new RedisLink(servers, prefix, node, receiver);
        links.add(link);
        link.start(threads);
        return link;
    }

    /** Ends all links. */
    @Override
    public void close() {
        links.forEach(RedisLink::close);
        links.clear();
    }
}
