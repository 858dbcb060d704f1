package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Writes the attributes of a group. Needs the conversation's lock. */
final class AttributeTable {
    private static final String REMOVE = "DELETE FROM lastack_attribute WHERE conv = ?";
    private static final String ADD = "INSERT INTO lastack_attribute (conv, name, val) VALUES (?, ?, ?)";

    private final Connection connection;
    private final long conversation;

    AttributeTable(Connection connection, long conversation) {
        this.connection = connection;
        this.conversation = conversation;
    }

    /** The group has these and no others then. */
    void set(Map<String, String> attributes) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            remove.setLong(1, conversation);
            remove.executeUpdate();
        }
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                add.setLong(1, conversation);
                add.setString(2, attribute.getKey());
                add.setString(3, attribute.getValue());
                add.addBatch();
            }
            if (!attributes.isEmpty()) {
                add.executeBatch();
            }
        }
    }
}
