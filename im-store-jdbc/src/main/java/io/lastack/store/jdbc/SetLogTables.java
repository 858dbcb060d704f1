package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whole lists in one statement each, for databases at the other end of a network. */
abstract class SetLogTables extends UsualLogTables {
    private final NumberTable numbers;
    private final String heads;

    SetLogTables(NumberTable numbers) {
        this.numbers = numbers;
        heads = "SELECT c.id, c.last_seq FROM " + numbers.of("id")
                + " JOIN lastack_conversation c ON c.id = k.id WHERE c.last_seq > 0";
    }

    @Override
    public boolean probesCheaply() {
        return true;
    }

    @Override
    public Map<Long, Long> heads(Connection connection, Collection<Long> conversations) throws SQLException {
        Map<Long, Long> found = new HashMap<>();
        if (conversations.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(heads)) {
            numbers.bind(statement, 1, rows(conversations));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getLong(1), row.getLong(2));
                }
            }
        }
        return found;
    }

    private static List<long[]> rows(Collection<Long> conversations) {
        return conversations.stream().distinct().map(id -> new long[] {id}).toList();
    }
}
