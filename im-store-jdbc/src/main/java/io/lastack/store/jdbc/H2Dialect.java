package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** H2, embedded: in a file, or in memory. */
final class H2Dialect implements Dialect {
    static final String PRODUCT = "H2";

    static final int ADMIN_RIGHTS_REQUIRED = 90040;

    private static final int CONCURRENT_UPDATE = 90131;
    private static final int LOCK_TIMEOUT = 50200;

    private final LogTables log = new RowLogTables();
    private final CursorTables cursors = new RowCursorTables();

    @Override
    public String folder() {
        return "h2";
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
        H2Url url = H2Url.of(pool.getJdbcUrl());
        pool.setJdbcUrl(url.withDefaults());
        if (pool.getUsername() == null && !url.has("USER")) {
            pool.setUsername("sa");
            pool.setPassword("");
        }
        // A connection is an object in this process: nothing makes it stale. And a database closes with its last one,
        // which loses what is in memory.
        pool.setMaxLifetime(0);
        pool.setIdleTimeout(0);
        pool.setKeepaliveTime(0);
        pool.setExceptionOverride(new H2Evictions());
    }

    @Override
    public void requireSafe(Connection connection, boolean acceptUnsafe) throws SQLException {
        H2Safety.require(connection, acceptUnsafe);
    }

    @Override
    public Durability durability(Connections connections) throws SQLException {
        if (!H2Safety.isOnDisk(connections)) {
            return Durability.BY_COMMIT;
        }
        // At once, so that a user who may not run it is told when the store opens and not at the first message.
        GroupCheckpoint checkpoint = new GroupCheckpoint(connections);
        try (Connection connection = connections.open()) {
            checkpoint.sync(checkpoint.opening(connection));
        } catch (SQLException e) {
            checkpoint.close();
            throw e;
        }
        return checkpoint;
    }

    @Override
    public int parallelAppends() {
        return 1;
    }

    @Override
    public Failure failure(SQLException failure) {
        String state = ErrorCodes.state(failure);
        if (state.equals("23505")) {
            return Failure.DUPLICATE;
        }
        if (state.startsWith("40") || failure.getErrorCode() == CONCURRENT_UPDATE) {
            return Failure.CONFLICT;
        }
        if (failure.getErrorCode() == LOCK_TIMEOUT) {
            return Failure.LOCKED;
        }
        boolean permanent = failure.getErrorCode() == ADMIN_RIGHTS_REQUIRED || ErrorCodes.isPermanent(failure);
        return permanent ? Failure.PERMANENT : Failure.UNAVAILABLE;
    }

    @Override
    public OpenProblem openProblem(SQLException failure) {
        return H2OpenProblem.of(failure, failure(failure));
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
        return new ArrayTable("?");
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
        jdbi.registerArrayType(Long.class, "BIGINT");
        jdbi.registerArrayType(String.class, "VARCHAR");
    }
}
