package io.lastack.store.redis;

import io.lastack.spi.Cursors;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * A store in Redis 6.2 or later: one server, one with replicas under Sentinel, or a cluster.
 *
 * <p>What is confirmed is as durable as the server's settings make it: with an append-only file it survives the end of the
 * server's process while the disk keeps up; with {@code appendfsync always} in any case, and that of its machine too. A fail-over to a replica can lose what was
 * confirmed last. {@code docs/redis.md} says what is promised where.
 *
 * <p>On one server, an append of a list is atomic as a whole. In a cluster it is so for each conversation; where a part of
 * it fails, the exception says that the effect is unknown, and appending the same list again completes it.
 *
 * <p>Any number of threads and processes may use the same data. An interrupt of a calling thread takes effect after the call.
 */
public final class RedisStore implements ImStore {
    private final Server server;
    private final RedisLog log;
    private final RedisMemberships memberships;
    private final RedisCursors cursors;
    private final RedisRetention retention;
    private final RedisErasure erasure;
    private final RedisExport export;
    private final RedisEpoch epoch;
    private final RedisMarks marks;
    private final RedisPositions positions;
    private final RedisPositionsElsewhere positionsElsewhere;

    /** @param name of this store among all that use the data */
    RedisStore(Server server, Keys keys, OnceKeys once, RedisEpoch epoch, String name) {
        UserLists lists = new UserLists(server, keys);
        Subscriptions subscriptions = new Subscriptions(server, keys);
        this.server = server;
        this.epoch = epoch;
        this.log = new RedisLog(server, keys, lists, once, epoch);
        this.memberships = new RedisMemberships(server, keys, lists, subscriptions);
        this.cursors = new RedisCursors(server, keys, lists);
        ConversationIndex index = new ConversationIndex(server, keys);
        this.retention = new RedisRetention(server, keys, once, index);
        this.marks = new RedisMarks(server, keys, index, name);
        this.erasure = new RedisErasure(server, keys, retention);
        this.export = new RedisExport(server, keys, lists);
        this.positions = new RedisPositions(server, keys);
        this.positionsElsewhere = new RedisPositionsElsewhere(server, keys, subscriptions);
    }

    /**
     * Connects to one server, to one with replicas under Sentinel, or to a cluster.
     *
     * @param url {@code redis://user:password@host:port/database};
     *     {@code redis-sentinel://user:password@host:port,host:port/database#primary} with the addresses of Sentinels and the
     *     name by which they know the primary (user and password are those of the servers; for a Sentinel that has its own, see
     *     {@link #of}); {@code redis-cluster://user:password@host:port,host:port} with some nodes, by which the others are
     *     found; each with {@code rediss} instead of {@code redis} for TLS. All but host and primary may be left out
     * @throws IllegalArgumentException if the URL is not such
     * @throws io.lastack.error.StoreException if the server cannot be reached, or must not be used as it is
     */
    public static RedisStore open(String url) {
        return builder(url).open();
    }

    /**
     * Uses the host's client (a {@link RedisClient}, {@code RedisSentinelClient} or {@link RedisClusterClient}); closing the
     * store leaves it open.
     *
     * @throws io.lastack.error.StoreException if the servers cannot be reached, or must not be used as they are
     */
    public static RedisStore of(UnifiedJedis client) {
        return builder(client).open();
    }

    /**
     * Connects to a cluster.
     *
     * @param nodes some of its nodes, by which the others are found; at least one
     * @throws io.lastack.error.StoreException if no node can be reached, or one must not be used as it is
     */
    public static RedisStore cluster(Set<HostAndPort> nodes) {
        return clusterBuilder(nodes).open();
    }

    /**
     * Options for servers that the store connects to itself.
     *
     * @param url as in {@link #open}
     * @throws IllegalArgumentException if the URL is not one of Redis
     */
    public static RedisStoreBuilder builder(String url) {
        return new RedisStoreBuilder(RedisUrl.parse(url)::connect, true);
    }

    /** Options for a client of the host. */
    public static RedisStoreBuilder builder(UnifiedJedis client) {
        return new RedisStoreBuilder(() -> client, false);
    }

    /**
     * Options for a cluster that the store connects to itself.
     *
     * @throws IllegalArgumentException if no node is given
     */
    public static RedisStoreBuilder clusterBuilder(Set<HostAndPort> nodes) {
        Set<HostAndPort> some = Set.copyOf(nodes);
        Arguments.atLeastOne("the number of nodes", some.size());
        return new RedisStoreBuilder(() -> RedisClusterClient.create(some), true);
    }

    @Override
    public MessageLog log() {
        return log;
    }

    @Override
    public Memberships memberships() {
        return memberships;
    }

    @Override
    public Cursors cursors() {
        return cursors;
    }

    @Override
    public Optional<LogRetention> retention() {
        return Optional.of(retention);
    }

    @Override
    public Optional<UserErasure> erasure() {
        return Optional.of(erasure);
    }

    @Override
    public Optional<UserExport> export() {
        return Optional.of(export);
    }

    @Override
    public Optional<EpochRenewal> epochRenewal() {
        return Optional.of(epoch);
    }

    @Override
    public Optional<DeliveryMarks> deliveryMarks() {
        return Optional.of(marks);
    }

    @Override
    public Optional<Positions> positions() {
        return Optional.of(positions);
    }

    @Override
    public Optional<PositionsElsewhere> positionsElsewhere() {
        return Optional.of(positionsElsewhere);
    }

    /** Waits for the calls under way, then closes the client, unless it is the host's. Later calls fail. */
    @Override
    public void close() {
        server.close();
    }
}
