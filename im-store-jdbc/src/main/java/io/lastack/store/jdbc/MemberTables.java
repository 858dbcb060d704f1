package io.lastack.store.jdbc;

import io.lastack.log.Change.Role;
import io.lastack.spi.StoredCodes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes members. Every call needs the conversation's lock, which is what keeps look and write together. */
final class MemberTables {
    private static final String ADD =
            "INSERT INTO lastack_member (conv, usr, role, joined_seq, first_seq) VALUES (?, ?, ?, ?, ?)";
    private static final String FIND = "SELECT last_seq FROM lastack_member WHERE conv = ? AND usr = ?";
    private static final String ADD_AGAIN = "UPDATE lastack_member"
            + " SET role = ?, joined_seq = ?, first_seq = ?, last_seq = 9223372036854775807 WHERE conv = ? AND usr = ?";
    private static final String REMOVE =
            "UPDATE lastack_member SET last_seq = ?" + " WHERE conv = ? AND usr = ? AND last_seq = 9223372036854775807";
    private static final String REMOVE_ALL =
            "UPDATE lastack_member SET last_seq = ? WHERE conv = ? AND last_seq = 9223372036854775807";
    private static final String SET_ROLE =
            "UPDATE lastack_member SET role = ?" + " WHERE conv = ? AND usr = ? AND last_seq = 9223372036854775807";

    private static final String TRANSFER = "UPDATE lastack_member SET role = ?"
            + " WHERE conv = ? AND usr = ? AND last_seq = 9223372036854775807 AND role = ?";
    private static final String OWNERS =
            "SELECT usr FROM lastack_member WHERE conv = ? AND role = ? AND last_seq = 9223372036854775807";
    private static final String UNMUTE = "DELETE FROM lastack_mute WHERE conv = ? AND usr = ?";
    private static final String UNMUTE_ALL = "DELETE FROM lastack_mute WHERE conv = ?";
    private static final String MUTE = "INSERT INTO lastack_mute (conv, usr, muted_until) VALUES (?, ?, ?)";

    private final Connection connection;
    private final long conversation;

    MemberTables(Connection connection, long conversation) {
        this.connection = connection;
        this.conversation = conversation;
    }

    /** Makes the users members from {@code joined} on, showing them the log from {@code first} on; returns how many were none. */
    int add(Collection<Long> users, int role, long joined, long first) throws SQLException {
        List<Long> strangers = new ArrayList<>();
        List<Long> former = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            for (Long user : users) {
                sort(find, user, strangers, former);
            }
        }
        insert(strangers, role, joined, first);
        restore(former, role, joined, first);
        return strangers.size() + former.size();
    }

    private void sort(PreparedStatement find, Long user, List<Long> strangers, List<Long> former) throws SQLException {
        find.setLong(1, conversation);
        find.setLong(2, user);
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                strangers.add(user);
            } else if (row.getLong(1) != Long.MAX_VALUE) {
                former.add(user);
            }
        }
    }

    private void insert(List<Long> users, int role, long joined, long first) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Long user : users) {
                add.setLong(1, conversation);
                add.setLong(2, user);
                add.setInt(3, role);
                add.setLong(4, joined);
                add.setLong(5, first);
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    private void restore(List<Long> users, int role, long joined, long first) throws SQLException {
        try (PreparedStatement again = connection.prepareStatement(ADD_AGAIN)) {
            for (Long user : users) {
                again.setInt(1, role);
                again.setLong(2, joined);
                again.setLong(3, first);
                again.setLong(4, conversation);
                again.setLong(5, user);
                again.addBatch();
            }
            again.executeBatch();
        }
    }

    /** Makes {@code last} the last seq that the users see; returns how many were members. */
    int remove(Collection<Long> users, long last) throws SQLException {
        int removed = 0;
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            for (Long user : users) {
                remove.setLong(1, last);
                remove.setLong(2, conversation);
                remove.setLong(3, user);
                removed += remove.executeUpdate();
            }
        }
        unmute(users);
        return removed;
    }

    /** How many of the users are no members. */
    int newcomers(Collection<Long> users) throws SQLException {
        List<Long> strangers = new ArrayList<>();
        List<Long> former = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            for (Long user : users) {
                sort(find, user, strangers, former);
            }
        }
        return strangers.size() + former.size();
    }

    /** Whether there are owners, and all of them are among the users. */
    boolean isOwnedOnlyAmong(Collection<Long> users) throws SQLException {
        boolean found = false;
        try (PreparedStatement owners = connection.prepareStatement(OWNERS)) {
            owners.setLong(1, conversation);
            owners.setInt(2, StoredCodes.role(Role.OWNER));
            owners.setMaxRows(users.size() + 1);
            try (ResultSet row = owners.executeQuery()) {
                while (row.next()) {
                    found = true;
                    if (!users.contains(row.getLong(1))) {
                        return false;
                    }
                }
            }
        }
        return found;
    }

    void removeAll(long last) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(REMOVE_ALL)) {
            remove.setLong(1, last);
            remove.setLong(2, conversation);
            remove.executeUpdate();
        }
        try (PreparedStatement unmute = connection.prepareStatement(UNMUTE_ALL)) {
            unmute.setLong(1, conversation);
            unmute.executeUpdate();
        }
    }

    /** Returns whether the user is a member. */
    boolean setRole(long user, int role) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(SET_ROLE)) {
            set.setInt(1, role);
            set.setLong(2, conversation);
            set.setLong(3, user);
            return set.executeUpdate() > 0;
        }
    }

    /** Whoever has this role has that one then. */
    void replaceRole(long user, int role, int newRole) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(TRANSFER)) {
            set.setInt(1, newRole);
            set.setLong(2, conversation);
            set.setLong(3, user);
            set.setInt(4, role);
            set.executeUpdate();
        }
    }

    void mute(long user, long untilMillis) throws SQLException {
        unmute(List.of(user));
        if (untilMillis == 0 || newcomers(List.of(user)) > 0) {
            return;
        }
        try (PreparedStatement mute = connection.prepareStatement(MUTE)) {
            mute.setLong(1, conversation);
            mute.setLong(2, user);
            mute.setLong(3, untilMillis);
            mute.executeUpdate();
        }
    }

    private void unmute(Collection<Long> users) throws SQLException {
        try (PreparedStatement unmute = connection.prepareStatement(UNMUTE)) {
            for (Long user : users) {
                unmute.setLong(1, conversation);
                unmute.setLong(2, user);
                unmute.addBatch();
            }
            unmute.executeBatch();
        }
    }
}
