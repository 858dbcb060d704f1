package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to do about a database that would lose what was confirmed, or take different names for the same. */
final class Safety {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private Safety() {}

    /** @throws StoreException unless the host accepts that confirmed messages can be lost; then it is warned */
    static void refuse(String problem, boolean acceptUnsafe) {
        if (!acceptUnsafe) {
            throw refused(problem + "; to accept the loss, build the store with acceptUnsafeDatabase()");
        }
        LOG.warn("CONFIRMED MESSAGES CAN BE LOST: {}; accepted by acceptUnsafeDatabase()", problem);
    }

    static void warn(String problem) {
        LOG.warn("{}", problem);
    }

    /** For what must not be, whatever the host accepts. */
    static StoreException refused(String problem) {
        return new StoreException(problem, null, false, Effect.NOT_APPLIED);
    }

    /** The first column of the only row. */
    static @Nullable String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
