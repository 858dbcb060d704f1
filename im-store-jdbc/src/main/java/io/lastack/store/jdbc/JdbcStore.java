package io.lastack.store.jdbc;

import io.lastack.spi.Cursors;
import io.lastack.spi.ImStore;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import javax.sql.DataSource;

/**
 * A store in an SQL database: H2, embedded in this process, in a file or in memory.
 *
 * <p>An append is one transaction, durable when it returns (in memory: visible): nothing that was confirmed is lost when
 * the process dies. Any number of threads may use a store. On an H2 file, use one store per process: H2 lets one process
 * open the file, and only the appends of the same store know of each other's way to the disk.
 *
 * <p>An interrupt of a calling thread takes effect after the call. Bodies have at most 1,048,576 bytes; a larger one is
 * refused as too large.
 */
public final class JdbcStore implements ImStore {
    private final Database database;
    private final MessageLog log;
    private final Memberships memberships;
    private final Cursors cursors;

    JdbcStore(Database database, MessageLog log, Memberships memberships, Cursors cursors) {
        this.database = database;
        this.log = log;
        this.memberships = memberships;
        this.cursors = cursors;
    }

    /**
     * Opens the database, making it (and its tables) if it does not exist, with a pool of the store's own.
     *
     * @param url such as {@code jdbc:h2:file:./data/im} or {@code jdbc:h2:mem:im}
     * @throws IllegalArgumentException if the URL is not one of a supported database
     * @throws io.lastack.error.StoreException if the database cannot be opened, or must not be used as it is
     */
    public static JdbcStore open(String url) {
        return builder(url).open();
    }

    /** The same, with a name and a password. */
    public static JdbcStore open(String url, String user, String password) {
        return builder(url).credentials(user, password).open();
    }

    /**
     * Uses the host's connections, in the schema that they come in; closing the store leaves the data source open. Tables
     * and indexes of the store begin with {@code lastack_}.
     *
     * @throws io.lastack.error.StoreException if the database cannot be opened, or must not be used as it is
     */
    public static JdbcStore of(DataSource dataSource) {
        return builder(dataSource).open();
    }

    /** Options for a database that the store opens itself. */
    public static JdbcStoreBuilder builder(String url) {
        return new JdbcStoreBuilder(url);
    }

    /** Options for a data source of the host. */
    public static JdbcStoreBuilder builder(DataSource dataSource) {
        return new JdbcStoreBuilder(dataSource);
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

    /** Waits for the calls under way, then closes the pool, unless it is the host's. Later calls fail. */
    @Override
    public void close() {
        database.close();
    }
}
