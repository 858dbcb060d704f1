/** Store, and what joins nodes, in Redis and Redis Cluster. */
module io.lastack.store.redis {
    requires transitive io.lastack.core;
    requires transitive redis.clients.jedis;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.lastack.store.redis;
    exports io.lastack.store.redis.cluster;
}
