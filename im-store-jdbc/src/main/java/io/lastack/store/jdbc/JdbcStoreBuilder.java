package io.lastack.store.jdbc;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Options of a {@link JdbcStore}. Not for use by several threads. */
public final class JdbcStoreBuilder {
    private static final int DEFAULT_POOL_SIZE = 10;
    private static final int DEFAULT_CACHE_SIZE = 100_000;

    private final @Nullable String url;
    private final @Nullable DataSource dataSource;
    private @Nullable String user;
    private @Nullable String password;
    private int poolSize = DEFAULT_POOL_SIZE;
    private int cacheSize = DEFAULT_CACHE_SIZE;
    private boolean migrate = true;
    private boolean acceptUnsafe;
    private boolean newEpoch;
    private RandomGenerator random = new SecureRandom();

    JdbcStoreBuilder(String url) {
        this.url = url;
        this.dataSource = null;
    }

    JdbcStoreBuilder(DataSource dataSource) {
        this.url = null;
        this.dataSource = dataSource;
    }

    /** @throws IllegalStateException if the connections are the host's */
    public JdbcStoreBuilder credentials(String name, String secret) {
        requireOwnPool("credentials");
        user = name;
        password = secret;
        return this;
    }

    /**
     * How many connections the store's own pool has, which is how many calls can run at once; {@value #DEFAULT_POOL_SIZE}
     * if not said.
     *
     * @param connections 3 to 1000: bringing the tables up to date takes three on some databases
     * @throws IllegalStateException if the connections are the host's
     */
    public JdbcStoreBuilder poolSize(int connections) {
        requireOwnPool("poolSize");
        poolSize = requireBetween("poolSize", connections, 3, 1000);
        return this;
    }

    /**
     * How many users, conversations and devices (of each) to remember the numbers of, at about 200 bytes each;
     * {@value #DEFAULT_CACHE_SIZE} if not said.
     *
     * @param entries 1 to 100,000,000
     */
    public JdbcStoreBuilder cacheSize(int entries) {
        cacheSize = requireBetween("cacheSize", entries, 1, 100_000_000);
        return this;
    }

    /** Whether to bring the tables to the needed version; if not, the host runs the scripts. True if not said. */
    public JdbcStoreBuilder migrate(boolean yes) {
        migrate = yes;
        return this;
    }

    /** Opens databases that can lose confirmed messages when the process dies, with a warning in the log. */
    public JdbcStoreBuilder acceptUnsafeDatabase() {
        acceptUnsafe = true;
        return this;
    }

    /**
     * Gives the data another epoch: for the first opening after a backup was restored. Devices are then told that their
     * positions are of another log, instead of missing what takes the place of messages that the backup lost.
     */
    public JdbcStoreBuilder newEpoch() {
        newEpoch = true;
        return this;
    }

    /** Where the epoch of a new database is drawn from; a secure source if not said. */
    public JdbcStoreBuilder random(RandomGenerator source) {
        random = source;
        return this;
    }

    /**
     * Opens the store.
     *
     * @throws IllegalArgumentException if the URL is not one of a supported database
     * @throws io.lastack.error.StoreException if the database cannot be opened, or must not be used as it is
     */
    public JdbcStore open() {
        return dataSource == null ? Opening.own(this, String.valueOf(url)) : Opening.of(this, dataSource);
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    int poolSize() {
        return poolSize;
    }

    int cacheSize() {
        return cacheSize;
    }

    boolean migrates() {
        return migrate;
    }

    boolean acceptsUnsafe() {
        return acceptUnsafe;
    }

    boolean drawsEpoch() {
        return newEpoch;
    }

    RandomGenerator random() {
        return random;
    }

    private void requireOwnPool(String option) {
        if (dataSource != null) {
            throw new IllegalStateException(
                    option + " is for a pool that the store opens itself; this one is the host's");
        }
    }

    private static int requireBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + " " + value + " is not allowed; " + least + " to " + most + " is");
        }
        return value;
    }
}
