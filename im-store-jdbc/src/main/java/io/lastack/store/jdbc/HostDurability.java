package io.lastack.store.jdbc;

import io.lastack.store.jdbc.Unsynced.HostsOwn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

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

    private void settle(List<HostsOwn> found) {
        if (found.isEmpty()) {
            return;
        }
        List<HostsOwn> open = found.stream()
                .filter(own -> own.opening() >= database.opening())
                .toList();
        if (open.size() < found.size()) {
            unsynced.endHosts(found.stream().filter(own -> !open.contains(own)).toList());
        }
        settleOpen(open);
    }

    private void settleOpen(List<HostsOwn> open) {
        if (open.isEmpty()) {
            return;
        }
        Set<Long> unlocked = new HashSet<>();
        for (Long conversation : Unsynced.conversations(open)) {
            // One at a time: who holds one lock and looks at another may be taken for half of a dead lock.
            if (database.prepare("look for ended transactions", handle -> isUnlocked(handle, conversation))) {
                unlocked.add(conversation);
            }
        }
        // What ended before this was committed before it, or never will be.
        database.sync("make commits durable");
        unsynced.endHosts(Unsynced.ended(open, unlocked));
    }

    private static boolean isUnlocked(Handle handle, long conversation) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(UNLOCKED)) {
            statement.setLong(1, conversation);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
