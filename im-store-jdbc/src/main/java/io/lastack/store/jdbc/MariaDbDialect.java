package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** MariaDB, 10.6 or later, and MySQL, 8.0 or later. */
final class MariaDbDialect implements Dialect {
    static final String PRODUCT = "MariaDB";
    static final String MYSQL_PRODUCT = "MySQL";
    static final String PREFIX = "jdbc:mariadb:";
    static final String MYSQL_PREFIX = "jdbc:mysql:";

    private static final String BOUND = "SET innodb_lock_wait_timeout = " + LockWaits.SECONDS;

    private static final LockWaits FOR_THE_TRANSACTION = new LockWaits() {
        @Override
        public void bound(Connection connection) throws SQLException {
            execute(connection, BOUND);
        }

        @Override
        public void restore(Connection connection) throws SQLException {
            execute(connection, "SET innodb_lock_wait_timeout = DEFAULT");
        }

        private static void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    };

    private final LogTables log = new MariaDbLogTables();
    private final CursorTables cursors = new MariaDbCursorTables();

    /**
     * MySQL must be told which tables to lock, or it wants to lock the list too and fails; MariaDB does not know the words,
     * and reads no such comment of MySQL 8.
     */
    static String forUpdateOf(String tables) {
        return " FOR UPDATE /*!80001 OF " + tables + " */";
    }

    @Override
    public String folder() {
        return "mariadb";
    }

    @Override
    public List<String> scripts() {
        return List.of(
                "V1__log_members_and_cursors.sql",
                "V2__revisions.sql",
                "V3__delivery_marks.sql",
                "V4__groups_and_settings.sql",
                "V5__delivery_times.sql",
                "V6__positions_of_other_logs.sql");
    }

    @Override
    public void configure(HikariConfig pool) {
        ServerPool.configure(pool);
        pool.setConnectionInitSql(BOUND);
        ServerPool.setIfNotSaid(pool, "connectTimeout", ServerPool.CONNECT_SECONDS * 1000);
        ServerPool.setIfNotSaid(pool, "socketTimeout", ServerPool.ANSWER_SECONDS * 1000);
        ServerPool.setIfNotSaid(pool, "tcpKeepAlive", true);
        // A batch of inserts goes out as one statement of many rows.
        ServerPool.setIfNotSaid(pool, "rewriteBatchedStatements", true);
    }

    @Override
    public LockWaits hostsWaits() {
        return FOR_THE_TRANSACTION;
    }

    @Override
    public void requireSafe(Connection connection, boolean acceptUnsafe) throws SQLException {
        MariaDbSafety.require(connection, acceptUnsafe);
    }

    @Override
    public Durability durability(Connections connections) {
        return Durability.BY_COMMIT;
    }

    @Override
    public int parallelAppends() {
        return 4;
    }

    @Override
    public Failure failure(SQLException failure) {
        return MariaDbError.failure(failure);
    }

    @Override
    public OpenProblem openProblem(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 1045, 1698 -> OpenProblem.lasting("wrong user name or password", failure);
            case 1044, 1142, 1143, 1227 ->
                OpenProblem.lasting("the database user lacks rights to the database or LastAck's tables", failure);
            case 1049 -> OpenProblem.lasting("there is no such database: make it with CREATE DATABASE", failure);
            case 1046 -> OpenProblem.lasting("the URL names no database, as jdbc:mariadb://localhost/im does", failure);
            case 1040, 1203 ->
                OpenProblem.passing(
                        "the server has no connection left: raise max_connections, or lower poolSize", failure);
            default ->
                ErrorCodes.isConnection(failure)
                        ? OpenProblem.passing(
                                "no MariaDB or MySQL answers there: check host and port in the URL, and that the server runs",
                                failure)
                        : OpenProblem.unknown(failure, failure(failure));
        };
    }

    @Override
    public LogTables log() {
        return log;
    }

    @Override
    public CursorTables cursors() {
        return cursors;
    }

    /** Names are at most 136 characters, all of them ASCII. */
    @Override
    public NumberTable numbers() {
        return new JsonTable();
    }

    @Override
    public String valuesOf(String parameter) {
        return "JSON_TABLE(:" + parameter
                + ", '$[*]' COLUMNS (v VARCHAR(136) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) k";
    }

    @Override
    public String numbersOf(String parameter) {
        return "JSON_TABLE(:" + parameter + ", '$[*]' COLUMNS (v BIGINT PATH '$')) k";
    }

    /** What is known by such a name needs no escapes. */
    @Override
    public <S extends SqlStatement<S>> S bindValues(S statement, String parameter, Set<?> values) {
        StringJoiner json = new StringJoiner(",", "[", "]");
        values.forEach(value -> json.add(value instanceof Long ? value.toString() : "\"" + value + "\""));
        return statement.bind(parameter, json.toString());
    }

    @Override
    public void prepare(Jdbi jdbi) {}
}
