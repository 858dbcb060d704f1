package io.lastack.store.jdbc;

import io.lastack.log.Change;
import io.lastack.spi.StoredCodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what one user has set for itself. Needs the lock of the user's inbox, which is what keeps its rows in order. */
final class OwnTables {
    private static final String FORGET_SETTING = "DELETE FROM lastack_setting WHERE usr = ? AND conv = ?";
    private static final String SET = "INSERT INTO lastack_setting (usr, conv, muted_until, flags) VALUES (?, ?, ?, ?)";
    private static final String UNBLOCK = "DELETE FROM lastack_block WHERE usr = ? AND blocked = ?";
    private static final String BLOCK = "INSERT INTO lastack_block (usr, blocked) VALUES (?, ?)";

    private final Connection connection;
    private final long user;

    OwnTables(Connection connection, long user) {
        this.connection = connection;
        this.user = user;
    }

    void apply(Change change, ResolvedDrafts resolved) throws SQLException {
        if (change instanceof Change.SetConversation set) {
            set(resolved.requireConversation(set.of()), set.settings().mutedUntil(), StoredCodes.flags(set.settings()));
        } else if (change instanceof Change.Block block) {
            long blocked = resolved.user(block.user());
            execute(UNBLOCK, user, blocked);
            if (block.blocked()) {
                execute(BLOCK, user, blocked);
            }
        }
    }

    private void set(long conversation, long mutedUntil, int flags) throws SQLException {
        execute(FORGET_SETTING, user, conversation);
        if (mutedUntil != 0 || flags != 0) {
            execute(SET, user, conversation, mutedUntil, flags);
        }
    }

    private void execute(String sql, long... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
