package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.spi.Audience;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.HostAppend;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * A store in an SQL database: PostgreSQL, MariaDB, MySQL, or H2, embedded in this process, in a file or in memory.
 *
 * <p>An append is one transaction, durable when it returns (in memory: visible): nothing that was confirmed is lost when
 * the process or the database server dies. Any number of threads may use a store, and any number of processes a database
 * server. On an H2 file, use one store per process: H2 lets one process open the file, and only the appends of the same
 * store know of each other's way to the disk.
 *
 * <p>A call waits at most 2 seconds for a row that another transaction holds, and then fails retryably, not applied, with
 * {@link io.lastack.error.StoreException.Scope#CONVERSATION}. Dead-locks are retried inside.
 *
 * <p>An interrupt of a calling thread takes effect after the call. Bodies have at most 1,048,576 bytes; a larger one is
 * refused as too large.
 */
public final class JdbcStore implements ImStore {
    private final Database database;
    private final JdbcLog log;
    private final Memberships memberships;
    private final Cursors cursors;
    private final Powers powers;

    JdbcStore(Database database, JdbcLog log, Memberships memberships, Cursors cursors, Powers powers) {
        this.database = database;
        this.log = log;
        this.memberships = memberships;
        this.cursors = cursors;
        this.powers = powers;
    }

    /**
     * Opens the database with a pool of the store's own, making the tables if they do not exist (and an H2 database too).
     *
     * @param url such as {@code jdbc:h2:file:./data/im}, {@code jdbc:h2:mem:im}, {@code jdbc:postgresql://localhost/im} or
     *     {@code jdbc:mariadb://localhost/im}
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

    @Override
    public Audience audience(ConversationId conversation, long seq) {
        return log.audience(conversation, seq);
    }

    /**
     * Appends in a transaction of the host's: what else the host writes in it and the messages are committed together, or
     * neither is. Tell the engine after the commit ({@code im.messages().committed(…)}); without that, the messages are
     * delivered by the engine's next round of repair.
     *
     * <p><b>Effect.</b> As {@link MessageLog#append}, once the host commits; after a rollback (also to a savepoint from
     * before) nothing is left, and no seq is missing. A call that fails leaves the transaction as it was before the call,
     * unless its exception says otherwise. Several calls in one transaction are allowed.
     *
     * <p><b>Locks.</b> From here to the end of the transaction the conversations are locked: other appends to them wait, for
     * a bounded time, and then fail retryably. Call it late in the transaction, and take the conversations of one
     * transaction in one call, or in the same order everywhere: two transactions that take them crosswise dead-lock, and
     * the database fails one of them.
     *
     * <p><b>Durability.</b> That of the host's commit. In H2 that is not on disk until the engine is told, somebody reads
     * the message, or anything else is stored by LastAck.
     *
     * @param connection to this store's database, not in auto-commit mode; best READ COMMITTED
     * @param drafts each with a client message id, such as one made of the key of the host's own row; not empty
     * @param sentAt the time to store, in milliseconds since the epoch
     * @throws IllegalArgumentException if the list is empty, the connection is in auto-commit mode, or leads to another
     *     database
     * @throws io.lastack.error.StoreException if the database failed; retryable means that the whole transaction may
     *     succeed when it is run again
     */
    public HostAppend appendIn(Connection connection, List<Draft> drafts, long sentAt) {
        return log.appendIn(connection, drafts, sentAt);
    }

    /** The same with the connection of a Jdbi handle, which is inside a transaction. */
    public HostAppend appendIn(Handle handle, List<Draft> drafts, long sentAt) {
        return appendIn(handle.getConnection(), drafts, sentAt);
    }

    /**
     * Waits for its turn to write, and keeps this store's other writers and its checkpoints out until it is closed.
     *
     * <p>For transactions of the host's on H2, with messages in them or not: one that begins and ends inside a turn is in the
     * file as a whole or not at all, whenever the process dies. Outside of one, H2 may write half of it, should a
     * checkpoint come in between and the process die before the next. On other databases, and in memory, this returns at
     * once and keeps nobody out.
     *
     * <p>Everybody else waits meanwhile: only for short transactions. Close it in the same thread, after the transaction's end
     * and before waiting for anything that the engine does, such as {@code Messages.committed}. A thread that has its turn
     * may take another one inside it, and append by {@link #appendIn}; what this store itself makes durable, or hands out
     * only when it is durable (appends, reads of messages and of subscriptions, positions, deletions), fails inside of it
     * with an {@link IllegalStateException} on H2, and would otherwise wait for the turn's end for ever.
     *
     * @throws io.lastack.error.StoreException if the store is closed
     */
    public WriteTurn turn() {
        return database.inside(database::turn);
    }

    @Override
    public Optional<LogRetention> retention() {
        return Optional.of(powers.retention());
    }

    @Override
    public Optional<UserErasure> erasure() {
        return Optional.of(powers.erasure());
    }

    @Override
    public Optional<UserExport> export() {
        return Optional.of(powers.export());
    }

    @Override
    public Optional<EpochRenewal> epochRenewal() {
        return Optional.of(powers.epochRenewal());
    }

    @Override
    public Optional<DeliveryMarks> deliveryMarks() {
        return Optional.of(powers.deliveryMarks());
    }

    @Override
    public Optional<Positions> positions() {
        return Optional.of(powers.positions());
    }

    @Override
    public Optional<PositionsElsewhere> positionsElsewhere() {
        return Optional.of(powers.positionsElsewhere());
    }

    /** Waits for the calls under way, then closes the pool, unless it is the host's. Later calls fail. */
    @Override
    public void close() {
        database.close();
    }
}
