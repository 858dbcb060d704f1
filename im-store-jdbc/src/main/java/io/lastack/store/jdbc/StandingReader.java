package io.lastack.store.jdbc;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Standing;
import io.lastack.spi.Standing.Ack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Reads positions, in one statement. */
final class StandingReader {
    private static final String IN = "SELECT u.name, p.device, p.seq, p.reached_at FROM lastack_position p"
            + " JOIN lastack_user u ON u.id = p.usr WHERE p.conv = ?";

    private final NumberTable numbers;
    private final String at;

    StandingReader(NumberTable numbers) {
        this.numbers = numbers;
        this.at = "SELECT k.i, p.device, p.seq, p.reached_at FROM " + numbers.of("conv", "usr")
                + " JOIN lastack_position p ON p.conv = k.conv AND p.usr = k.usr";
    }

    Map<Place, Standing> at(Connection connection, PlaceNumbers places) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(at)) {
            numbers.bind(query, 1, places.rows());
            return read(query, row -> places.places().get(row.getInt(1) - 1));
        }
    }

    /** Of everybody in a conversation. */
    Map<UserId, Standing> in(Connection connection, long conversation) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(IN)) {
            query.setLong(1, conversation);
            return read(query, row -> UserId.of(row.getString(1)));
        }
    }

    private static <K> Map<K, Standing> read(PreparedStatement query, Whose<K> whose) throws SQLException {
        Map<K, Rows> found = new HashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.computeIfAbsent(whose.in(row), key -> new Rows())
                        .take(row.getString(2), row.getLong(3), row.getLong(4));
            }
        }
        Map<K, Standing> standings = new HashMap<>();
        found.forEach((key, rows) -> standings.put(key, rows.standing()));
        return standings;
    }

    /** Whose position a row is. */
    private interface Whose<K> {
        K in(ResultSet row) throws SQLException;
    }

    /** The rows of one user in one conversation. */
    private static final class Rows {
        private final Map<DeviceId, Ack> acks = new HashMap<>();
        private long lastRead;
        private long readAt;

        void take(String device, long seq, long reachedAt) {
            if (device.equals(PositionRows.READ)) {
                lastRead = seq;
                readAt = reachedAt;
            } else {
                acks.put(DeviceId.of(device), new Ack(seq, reachedAt));
            }
        }

        Standing standing() {
            return new Standing(acks, lastRead, readAt);
        }
    }
}
