package io.lastack.internal.cluster;

import io.lastack.spi.Bus;

/**
 * Which channels this node listens on: things (conversations, users, rooms) fall onto a fixed number of channels by their
 * names, and a channel is subscribed to as long as anything on it is of interest here. Thread-safe.
 */
final class Interest {
    static final int SHARDS = 256;

    private static final String PREFIX = "shard-";

    private final Bus.Link link;
    private final int[] counts = new int[SHARDS];

    Interest(Bus.Link link) {
        this.link = link;
    }

    /** The channel on which everything about a thing travels. */
    static String channel(String thing) {
        return PREFIX + shard(thing);
    }

    private static int shard(String thing) {
        int hash = thing.hashCode() * 0x9E3779B9;
        return hash >>> 24;
    }

    void add(String thing) {
        int shard = shard(thing);
        synchronized (counts) {
            if (counts[shard]++ == 0) {
                link.subscribe(PREFIX + shard);
            }
        }
    }

    void remove(String thing) {
        int shard = shard(thing);
        synchronized (counts) {
            if (--counts[shard] == 0) {
                link.unsubscribe(PREFIX + shard);
            }
        }
    }

    /** How many channels are listened on. */
    int channels() {
        int some = 0;
        synchronized (counts) {
            for (int count : counts) {
                some += count > 0 ? 1 : 0;
            }
        }
        return some;
    }
}
