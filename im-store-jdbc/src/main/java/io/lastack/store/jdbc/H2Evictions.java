package io.lastack.store.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Drops connections whose database was closed under them (after an input or output error H2 closes it), so that the next
 * one opens it again.
 */
final class H2Evictions implements SQLExceptionOverride {
    // The database is closed; the object (a connection) is closed; input or output errors.
    private static final Set<Integer> BROKEN = Set.of(90007, 90028, 90031, 90098, 90121);

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return BROKEN.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
