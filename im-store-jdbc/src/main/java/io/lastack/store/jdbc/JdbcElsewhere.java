package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Subscription;
import io.lastack.spi.Visible;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the log has to say where positions are kept elsewhere. It is durable before it is told: what builds on it may be. */
final class JdbcElsewhere implements PositionsElsewhere {
    private static final String WHAT = "read what may be seen";

    private final Database database;
    private final NumberedNames conversations;
    private final NumberedNames users;
    private final HostDurability hosts;
    private final NumberTable numbers;
    private final String visible;
    private final String subscriptions;

    JdbcElsewhere(Database database, NumberedNames conversations, NumberedNames users) {
        this.database = database;
        this.conversations = conversations;
        this.users = users;
        this.hosts = new HostDurability(database);
        this.numbers = database.dialect().numbers();
        this.visible = "SELECT k.i, m.first_seq, CASE WHEN m.last_seq < c.last_seq THEN m.last_seq ELSE c.last_seq END"
                + " FROM " + numbers.of("conv", "usr")
                + " JOIN lastack_member m ON m.conv = k.conv AND m.usr = k.usr"
                + " JOIN lastack_conversation c ON c.id = m.conv";
        this.subscriptions = MembershipSql.subscriptionsAbove(numbers);
    }

    @Override
    public Map<Place, Visible> visible(Collection<Place> places) {
        database.requireNoTurn(WHAT);
        return places.isEmpty() ? Map.of() : database.inside(() -> visibleNow(places));
    }

    private Map<Place, Visible> visibleNow(Collection<Place> places) {
        PlaceNumbers known = PlaceNumbers.find(conversations, users, places);
        return known.isEmpty() ? Map.of() : durably(known.conversations(), connection -> visible(connection, known));
    }

    private Map<Place, Visible> visible(Connection connection, PlaceNumbers known) throws SQLException {
        Map<Place, Visible> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(visible)) {
            numbers.bind(query, 1, known.rows());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(known.places().get(row.getInt(1) - 1), new Visible(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return found;
    }

    @Override
    public List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> reads) {
        database.requireNoTurn(WHAT);
        return reads.isEmpty() ? List.of() : database.inside(() -> subscriptionsNow(user, reads));
    }

    private List<Subscription> subscriptionsNow(UserId user, Map<ConversationId, Long> reads) {
        Map<String, Long> logs = conversations.find(
                reads.keySet().stream().map(ConversationId::value).collect(Collectors.toSet()));
        Long owner = users.find(Set.of(user.value())).get(user.value());
        if (owner == null || logs.isEmpty()) {
            return List.of();
        }
        List<long[]> rows = new ArrayList<>();
        reads.forEach((conversation, lastRead) -> {
            Long number = logs.get(conversation.value());
            if (number != null) {
                rows.add(new long[] {number, lastRead});
            }
        });
        return durably(logs.values(), connection -> subscriptions(connection, owner, rows));
    }

    private List<Subscription> subscriptions(Connection connection, long user, List<long[]> rows) throws SQLException {
        List<Subscription> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(subscriptions)) {
            query.setLong(numbers.bind(query, 1, rows), user);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(JdbcMemberships.subscription(row));
                }
            }
        }
        return found;
    }

    private <T> T durably(Collection<Long> logs, Reading<T> reading) {
        T read = database.read(WHAT, handle -> reading.from(handle.getConnection()));
        if (database.unsynced().mayHold(logs)) {
            database.sync(WHAT);
        }
        hosts.settle(logs);
        database.requireSameOpening();
        return read;
    }

    /** Reads with a connection. */
    private interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }
}
