package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Puts a store together, and says clearly why not where that fails. */
final class Opening {
    private static final String HOSTS = "the host's data source";
    private static final String READ_COMMITTED = "TRANSACTION_READ_COMMITTED";

    private Opening() {}

    static JdbcStore own(JdbcStoreBuilder options, String url) {
        Dialect dialect = Dialects.ofUrl(url);
        HikariDataSource pool = pool(options, url, dialect);
        try {
            return store(options, dialect, LockWaits.AS_THEY_ARE, pool, pool::getConnection, pool::close);
        } catch (SQLException e) {
            pool.close();
            throw cannotOpen(Dialects.withoutSettings(url), e, dialect.openProblem(e));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    static JdbcStore of(JdbcStoreBuilder options, DataSource dataSource) {
        Dialect dialect;
        try {
            dialect = Dialects.of(dataSource);
        } catch (SQLException e) {
            throw cannotOpen(HOSTS, e, OpenProblem.unknown(e, Failure.PERMANENT));
        }
        try {
            return store(options, dialect, dialect.hostsWaits(), dataSource, readCommitted(dataSource), () -> {});
        } catch (SQLException e) {
            throw cannotOpen(HOSTS, e, dialect.openProblem(e));
        }
    }

    private static HikariDataSource pool(JdbcStoreBuilder options, String url, Dialect dialect) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("lastack");
        config.setJdbcUrl(url);
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setTransactionIsolation(READ_COMMITTED);
        dialect.configure(config);
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw SqlCause.of(e)
                    .map(cause -> cannotOpen(Dialects.withoutSettings(url), cause, dialect.openProblem(cause)))
                    .orElseThrow(() -> e);
        }
    }

    private static JdbcStore store(
            JdbcStoreBuilder options,
            Dialect dialect,
            LockWaits waits,
            DataSource dataSource,
            Connections connections,
            Runnable release)
            throws SQLException {
        try (Connection connection = connections.open()) {
            dialect.requireSafe(connection, options.acceptsUnsafe());
            Migrations migrations = new Migrations(dialect);
            if (options.migrates()) {
                migrations.migrate(dataSource, connection);
            } else {
                migrations.requireCurrent(connection);
            }
        }
        Jdbi jdbi = Jdbi.create(connections::open);
        dialect.prepare(jdbi);
        return store(options, new Database(jdbi, dialect, waits, dialect.durability(connections), release));
    }

    private static JdbcStore store(JdbcStoreBuilder options, Database database) {
        try {
            return storeIn(options, database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static JdbcStore storeIn(JdbcStoreBuilder options, Database database) {
        Epoch epoch = Epoch.open(database, options);
        NumberedNames conversations = NumberedNames.conversations(database, options.cacheSize());
        NumberedNames users = NumberedNames.users(database, options.cacheSize());
        Devices devices = new Devices(database, users, options.cacheSize());
        return new JdbcStore(
                database,
                new JdbcLog(database, conversations, users, epoch),
                new JdbcMemberships(database, devices),
                new JdbcCursors(database, conversations, users, devices),
                new Powers(
                        new JdbcRetention(database, conversations),
                        new JdbcErasure(database, conversations, users, devices),
                        new JdbcExport(database, conversations, users, devices),
                        epoch,
                        new JdbcMarks(database),
                        new JdbcPositions(database, conversations, users),
                        new JdbcElsewhere(database, conversations, users)));
    }

    /** A host may use another isolation level; the store's statements are written for this one. */
    private static Connections readCommitted(DataSource dataSource) {
        return () -> {
            Connection connection = dataSource.getConnection();
            if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            return connection;
        };
    }

    private static StoreException cannotOpen(String what, SQLException e, OpenProblem problem) {
        return new StoreException(
                "cannot open " + what + ": " + problem.words(), e, problem.mayPass(), Effect.NOT_APPLIED);
    }
}
