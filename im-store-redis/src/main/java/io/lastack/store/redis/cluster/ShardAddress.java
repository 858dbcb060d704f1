package io.lastack.store.redis.cluster;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A primary among the others. */
record ShardAddress(HostAndPort address, Shards shards) {
    /** A channel that begins with a name and is of one of the primary's slots; it has at least one. */
    String channel(String name) {
        for (int i = 0; ; i++) {
            String channel = name + "{" + i + "}";
            if (address.equals(shards.of(JedisClusterCRC16.getSlot(channel)))) {
                return channel;
            }
        }
    }
}
