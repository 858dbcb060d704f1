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
 * <p>With a Redis Cluster of version 7 or later each channel belongs to a shard ({@code SSUBSCRIBE}, {@code SPUBLISH}): a link
 * has these connections to each primary, and a signal costs one primary something and no other. Slots that move, and
 * primaries that are replaced, are noticed at once by what they answer, and every 10 s; what was missed meanwhile is told as
 * for a connection that was lost. With a single server, and with a cluster of an older version, whose servers pass signals on
 * to one another, channels are plain; which it is, is looked at again whenever a connection is lost and every 10 s.
 *
 * <p>Needs no data in Redis, and loses nothing by {@code FLUSHALL}.
 */
public final class RedisBus implements Bus, AutoCloseable {
    private final Servers servers;
    private final String prefix;
    private final ThreadFactory threads;
    private final boolean mayShard;
    private final List<RedisLink> links = new CopyOnWriteArrayList<>();

    private RedisBus(Servers servers, String prefix, ThreadFactory threads, boolean mayShard) {
        this.servers = servers;
        this.prefix = prefix;
        this.threads = threads;
        this.mayShard = mayShard;
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
     * @param prefix of all channels: what is joined over one Redis and is to be apart has different ones. One with a
     *     <code>{</code> would put all channels into one slot, and has plain ones instead
     * @param threads gives three threads for each node that joins; for channels of shards, one and two for each primary
     */
    public static RedisBus of(List<String> urls, String prefix, ThreadFactory threads) {
        return new RedisBus(Servers.of(urls), prefix, threads, !prefix.contains("{"));
    }

    /** The same with plain channels, whatever Redis could do: all nodes must have the same. */
    public static RedisBus plain(List<String> urls, String prefix, ThreadFactory threads) {
        return new RedisBus(Servers.of(urls), prefix, threads, false);
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
        RedisLink link = new RedisLink(servers, prefix, node, receiver, threads, mayShard);
        links.add(link);
        link.start();
        return link;
    }

    /** Ends all links. */
    @Override
    public void close() {
        links.forEach(RedisLink::close);
        links.clear();
    }
}
