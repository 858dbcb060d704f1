package io.lastack.store.jdbc;

import io.lastack.store.jdbc.Unsynced.HostsOwn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the host's commits durable before anybody sees what they hold, where a commit alone is not: only H2. A host may
 * commit and say nothing, so whoever reads looks which of the host's transactions have ended, and makes sure of those.
 */
final class HostDurability {
    // Who appended holds the row until the end of the transaction.
    private static final String UNLOCKED = "SELECT id FROM lastack_conversation WHERE id = ? FOR UPDATE SKIP LOCKED";

    private final Database database;
    private final Unsynced unsynced;

    HostDurability(Database database) {
        this.database = database;
        this.unsynced = database.unsynced();
    }

    /** Call after reading from the log of these conversations, before anybody is told. */
    void settle(Collection<Long> conversations) {
        settle(unsynced.hostsIn(conversations));
    }

    /** Call after reading who belongs where, before anybody is told. */
    void settleAll() {
        settle(unsynced.hosts());
    }

    private void settle(List<HostsOwn> open) {
        if (open.isEmpty()) {
            return;
        }
        Set<Long> unlocked = database.prepare(
                "look for ended transactions",
                handle -> unlocked(handle.getConnection(), Unsynced.conversations(open)));
        // What ended before this was committed before it, or never will be.
        database.sync("make commits durable");
        unsynced.endHosts(Unsynced.ended(open, unlocked));
    }

    private static Set<Long> unlocked(Connection connection, Set<Long> conversations) throws SQLException {
        Set<Long> unlocked = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(UNLOCKED)) {
            for (Long conversation : conversations) {
                statement.setLong(1, conversation);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        unlocked.add(conversation);
                    }
                }
            }
        }
        return unlocked;
    }
}
