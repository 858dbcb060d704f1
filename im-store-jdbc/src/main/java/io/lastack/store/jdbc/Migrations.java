package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to the version that this code needs, or says what is wrong with them. */
final class Migrations {
    /** Flyway's own table: not the host's, whose migrations it must not see. */
    static final String HISTORY_TABLE = "lastack_schema_history";

    private static final String META_TABLE = "lastack_meta";
    private static final String VERSION = "SELECT val FROM " + META_TABLE + " WHERE name = 'schema_version'";

    private static final Object ONE_AT_A_TIME = new Object();

    private final Dialect dialect;

    Migrations(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Runs the scripts that were not run yet. */
    void migrate(DataSource dataSource, Connection connection) throws SQLException {
        OptionalInt found = version(connection);
        if (found.isPresent()) {
            requireNotNewer(found.getAsInt());
        }
        // Between making its history table and writing to it, Flyway holds no lock that a second one would wait for.
        synchronized (ONE_AT_A_TIME) {
            runScripts(dataSource);
        }
        requireCurrent(connection);
    }

    private void runScripts(DataSource dataSource) {
        try (LentConnections connections = new LentConnections(dataSource)) {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(connections.dataSource())
                    .table(HISTORY_TABLE)
                    .resourceProvider(new MigrationScripts(dialect))
                    .locations(new String[0])
                    // The schema may hold the host's tables: there is no history of ours then, which is as good as
                    // version 0.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .createSchemas(false)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    "cannot bring LastAck's tables to version " + dialect.schemaVersion()
                            + "; the user must be allowed to create tables, or run the scripts by hand: "
                            + e.getMessage(),
                    e,
                    false,
                    Effect.UNKNOWN);
        }
    }

    /** Checks that the tables are there, in the right version. */
    void requireCurrent(Connection connection) throws SQLException {
        OptionalInt found = version(connection);
        if (found.isEmpty()) {
            throw refused("LastAck's tables are not in this database; run the scripts of io/lastack/store/jdbc/"
                    + dialect.folder() + ", or let the store migrate");
        }
        requireNotNewer(found.getAsInt());
        if (found.getAsInt() < dialect.schemaVersion()) {
            throw refused("LastAck's tables have version " + found.getAsInt() + "; version "
                    + dialect.schemaVersion() + " is needed: run the scripts above V" + found.getAsInt()
                    + " of io/lastack/store/jdbc/" + dialect.folder() + ", or let the store migrate");
        }
    }

    private void requireNotNewer(int found) {
        if (found > dialect.schemaVersion()) {
            throw refused("LastAck's tables have version " + found + ", from a newer LastAck; this one knows version "
                    + dialect.schemaVersion() + " and below: use the newer one, or restore a backup from before");
        }
    }

    private static OptionalInt version(Connection connection) throws SQLException {
        if (!hasMetaTable(connection)) {
            return OptionalInt.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(VERSION);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalInt.of(Integer.parseInt(row.getString(1))) : OptionalInt.empty();
        }
    }

    /** Databases fold unquoted names to upper or to lower case. */
    private static boolean hasMetaTable(Connection connection) throws SQLException {
        String upper = META_TABLE.toUpperCase(java.util.Locale.ROOT);
        return hasTable(connection, META_TABLE) || hasTable(connection, upper);
    }

    private static boolean hasTable(Connection connection, String name) throws SQLException {
        String escaped = name.replace("_", connection.getMetaData().getSearchStringEscape() + "_");
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), escaped, new String[] {"TABLE", "BASE TABLE"
                })) {
            return tables.next();
        }
    }

    private static StoreException refused(String message) {
        return new StoreException(message, null, false, Effect.NOT_APPLIED);
    }
}
