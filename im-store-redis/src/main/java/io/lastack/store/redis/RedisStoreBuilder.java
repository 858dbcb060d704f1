package io.lastack.store.redis;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import redis.clients.jedis.UnifiedJedis;

/** Options of a {@link RedisStore}. Not for use by several threads. */
public final class RedisStoreBuilder {
    private final Supplier<? extends UnifiedJedis> client;
    private final boolean own;
    private Keys keys = new Keys("lastack:");
    private Replicas replicas = Replicas.NONE;
    private OnceKeys once = OnceKeys.USUAL;
    private boolean fsyncAlways;
    private boolean acceptLoss;
    private boolean newEpoch;
    private RandomGenerator random = new SecureRandom();

    RedisStoreBuilder(Supplier<? extends UnifiedJedis> client, boolean own) {
        this.client = client;
        this.own = own;
    }

    /**
     * What the names of all keys of this store begin with; {@code lastack:} if not said. Stores of different prefixes may
     * share a server.
     *
     * @param prefix 1 to 64 characters without braces, blanks and control characters
     * @throws IllegalArgumentException if it is not such
     */
    public RedisStoreBuilder prefix(String prefix) {
        keys = new Keys(prefix);
        return this;
    }

    /**
     * Refuses to open unless the servers write every command to the disk before they answer ({@code appendfsync always}), so
     * that what is confirmed survives the end of the machine too.
     */
    public RedisStoreBuilder requireAppendFsyncAlways() {
        fsyncAlways = true;
        return this;
    }

    /**
     * Confirms no write before so many replicas have it ({@code WAIT}). A write that they do not confirm in time fails
     * retryably, its effect unknown. This makes it less likely that a fail-over loses what was confirmed, and does not
     * exclude it: Redis may still promote a replica that does not have it.
     *
     * @param count 1 to 100
     * @param timeout how long to wait for them; 1 ms to 60 s, and less than the client's own time-out
     * @throws IllegalArgumentException if count or timeout is outside its bounds
     */
    public RedisStoreBuilder waitReplicas(int count, Duration timeout) {
        Arguments.atLeastOne("count", count);
        replicas = new Replicas(count, timeout);
        return this;
    }

    /**
     * Opens servers that keep no append-only file or evict keys, and so lose confirmed messages at the end of their process
     * or when memory is short; with a warning in the log.
     */
    public RedisStoreBuilder acceptLosingMessages() {
        acceptLoss = true;
        return this;
    }

    /**
     * Gives the data another epoch: for the first opening after a backup was restored, or after a fail-over that lost
     * writes. Devices are then told that their positions are of another log, instead of missing what takes the place of the
     * messages that were lost.
     */
    public RedisStoreBuilder newEpoch() {
        newEpoch = true;
        return this;
    }

    /** Where the epoch of new data is drawn from; a secure source if not said. */
    public RedisStoreBuilder random(RandomGenerator source) {
        random = source;
        return this;
    }

    /** How many bytes of a digest lead to a message; part of the layout, so that it never changes for data that is there. */
    RedisStoreBuilder digestBytes(int bytes) {
        once = new OnceKeys(bytes);
        return this;
    }

    /**
     * Opens the store.
     *
     * @throws io.lastack.error.StoreException if the servers cannot be reached, are older than Redis 6.2, or must not be used
     *     as they are
     */
    public RedisStore open() {
        return Opening.open(this);
    }

    Supplier<? extends UnifiedJedis> client() {
        return client;
    }

    boolean ownsClient() {
        return own;
    }

    Keys keys() {
        return keys;
    }

    Replicas replicas() {
        return replicas;
    }

    OnceKeys once() {
        return once;
    }

    boolean requiresFsyncAlways() {
        return fsyncAlways;
    }

    boolean acceptsLoss() {
        return acceptLoss;
    }

    boolean drawsEpoch() {
        return newEpoch;
    }

    RandomGenerator random() {
        return random;
    }
}
