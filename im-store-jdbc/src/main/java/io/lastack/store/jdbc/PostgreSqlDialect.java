package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** PostgreSQL, 12 or later. */
final class PostgreSqlDialect implements Dialect {
    static final String PRODUCT = "PostgreSQL";
    static final String PREFIX = "jdbc:postgresql:";

    /**
     * A plan that reads a whole table because it was made while the table was small would be kept while it grows: the
     * store's statements find their rows by index. They join in the order in which they are written, what names the rows
     * first: the server takes every list and every conversation for a small one, and would go through all pairs.
     */
    private static final String SESSION = "SET lock_timeout = '" + LockWaits.SECONDS
            + "s'; SET enable_seqscan = off; SET enable_mergejoin = off; SET join_collapse_limit = 1";

    private static final LockWaits IN_THE_TRANSACTION = new LockWaits() {
        @Override
        public void bound(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '" + SECONDS + "s'");
            }
        }

        @Override
        public void restore(Connection connection) {}
    };

    private final LogTables log = new PostgreSqlLogTables();
    private final CursorTables cursors = new PostgreSqlCursorTables();

    @Override
    public String folder() {
        return "postgresql";
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
        pool.setConnectionInitSql(SESSION);
        ServerPool.setIfNotSaid(pool, "connectTimeout", ServerPool.CONNECT_SECONDS);
        ServerPool.setIfNotSaid(pool, "loginTimeout", ServerPool.CONNECT_SECONDS);
        ServerPool.setIfNotSaid(pool, "socketTimeout", ServerPool.ANSWER_SECONDS);
        ServerPool.setIfNotSaid(pool, "tcpKeepAlive", true);
        ServerPool.setIfNotSaid(pool, "reWriteBatchedInserts", true);
        ServerPool.setIfNotSaid(pool, "ApplicationName", "lastack");
        // Errors quote the row that they are about, and rows hold message bodies.
        ServerPool.setIfNotSaid(pool, "logServerErrorDetail", false);
    }

    @Override
    public LockWaits hostsWaits() {
        return IN_THE_TRANSACTION;
    }

    @Override
    public void requireSafe(Connection connection, boolean acceptUnsafe) throws SQLException {
        PostgreSqlSafety.require(connection, acceptUnsafe);
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
        return switch (ErrorCodes.state(failure)) {
            case "23505" -> Failure.DUPLICATE;
            case "40001", "40P01" -> Failure.CONFLICT;
            case "55P03" -> Failure.LOCKED;
            default -> ErrorCodes.isPermanent(failure) ? Failure.PERMANENT : Failure.UNAVAILABLE;
        };
    }

    @Override
    public OpenProblem openProblem(SQLException failure) {
        return switch (ErrorCodes.state(failure)) {
            case "28P01", "28000" ->
                OpenProblem.lasting("wrong user name or password, or not admitted by pg_hba.conf", failure);
            case "3D000" -> OpenProblem.lasting("there is no such database: make it with CREATE DATABASE", failure);
            case "42501" ->
                OpenProblem.lasting("the database user lacks rights to LastAck's tables or their schema", failure);
            case "08001", "08004", "08006" ->
                OpenProblem.passing(
                        "no PostgreSQL answers there: check host and port in the URL, and that the server runs",
                        failure);
            case "57P03" -> OpenProblem.passing("the server is starting up, shutting down or recovering", failure);
            case "53300" ->
                OpenProblem.passing(
                        "the server has no connection left: raise max_connections, or lower poolSize", failure);
            default -> OpenProblem.unknown(failure, failure(failure));
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

    @Override
    public NumberTable numbers() {
        return new ArrayTable("?::bigint[]");
    }

    @Override
    public String valuesOf(String parameter) {
        return "UNNEST(:" + parameter + ") k(v)";
    }

    @Override
    public <S extends SqlStatement<S>> S bindValues(S statement, String parameter, Set<?> values) {
        Class<?> type = values.iterator().next().getClass();
        return statement.bindArray(parameter, type, values.toArray());
    }

    @Override
    public void prepare(Jdbi jdbi) {
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(String.class, "varchar");
    }
}
