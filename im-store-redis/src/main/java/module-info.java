/** Store, and what joins nodes, in Redis and Redis Cluster. */
module io.lastack.store.redis {
    requires transitive io.lastack.core;
    requires transitive redis.clients.jedis;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static transitive io.github.bucket4j.core;
    requires static io.github.bucket4j.jedis;

    exports io.lastack.store.redis;
    exports io.lastack.store.redis.cluster;
}
