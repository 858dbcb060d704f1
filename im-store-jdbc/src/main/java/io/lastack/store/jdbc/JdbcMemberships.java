package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.StoredCodes;
import io.lastack.spi.Subscription;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Who belongs to which conversation. */
final class JdbcMemberships implements Memberships {
    private final Database database;
    private final Devices devices;
    private final MembershipSql sql;
    private final HostDurability hosts;

    JdbcMemberships(Database database, Devices devices) {
        this.database = database;
        this.devices = devices;
        this.sql = new MembershipSql(database.dialect());
        this.hosts = new HostDurability(database);
    }

    @Override
    public Optional<ConversationInfo> find(ConversationId conversation) {
        return database.read(
                "find a conversation",
                handle -> handle.createQuery(MembershipSql.FIND)
                        .bind("name", conversation.value())
                        .map((row, context) -> info(conversation, row, attributes(handle, conversation)))
                        .findOne());
    }

    private static Map<String, String> attributes(Handle handle, ConversationId conversation) {
        if (conversation.kind() != ConversationId.Kind.GROUP) {
            return Map.of();
        }
        return handle
                .createQuery(MembershipSql.ATTRIBUTES)
                .bind("name", conversation.value())
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static ConversationInfo info(ConversationId conversation, ResultSet row, Map<String, String> attributes)
            throws SQLException {
        return new ConversationInfo(
                conversation,
                row.getString(1),
                StoredCodes.history(row.getInt(2)),
                row.getLong(3),
                row.getInt(4),
                row.getBoolean(5),
                attributes);
    }

    @Override
    public List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        requireLimit(limit);
        return database.read(
                "read members",
                handle -> members(handle.createQuery(MembershipSql.MEMBERS)
                        .bind("name", conversation.value())
                        .bind("after", after == null ? "" : after.value())
                        .bind("limit", limit)));
    }

    @Override
    public List<Member> members(ConversationId conversation, Collection<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        Set<String> names = users.stream().map(UserId::value).collect(Collectors.toSet());
        return database.read(
                "read members",
                handle -> members(database.dialect()
                        .bindValues(handle.createQuery(sql.membersAmong), "users", names)
                        .bind("name", conversation.value())));
    }

    private static List<Member> members(Query query) {
        return query.map((row, context) -> member(row)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty for a user who is not a member. */
    private static Optional<Member> member(ResultSet row) throws SQLException {
        int role = row.getInt(2);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Member(
                        UserId.of(row.getString(1)), StoredCodes.role(role), row.getLong(3), row.getLong(4)));
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        requireLimit(limit);
        return durably(
                "read subscriptions",
                handle -> subscriptions(
                        handle,
                        handle.createQuery(MembershipSql.SUBSCRIPTIONS)
                                .bind("after", after == null ? "" : after.value())
                                .bind("limit", limit),
                        user,
                        device));
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        if (conversations.isEmpty()) {
            return List.of();
        }
        Set<String> names = conversations.stream().map(ConversationId::value).collect(Collectors.toSet());
        return durably(
                "read subscriptions",
                handle -> subscriptions(
                        handle,
                        database.dialect()
                                .bindValues(handle.createQuery(sql.subscriptionsAmong), "conversations", names),
                        user,
                        device));
    }

    private List<Subscription> subscriptions(Handle handle, Query query, UserId user, DeviceId device) {
        Devices.Known known = devices.known(handle, user, device);
        return query.bind("user", known.user())
                .bind("device", known.device())
                .map((row, context) -> subscription(row))
                .list();
    }

    /** @param row has the columns of {@link MembershipSql#SUBSCRIPTIONS} */
    static Subscription subscription(ResultSet row) throws SQLException {
        long firstSeq = row.getLong(5);
        return new Subscription(
                ConversationId.parse(row.getString(1)),
                row.getString(2),
                StoredCodes.role(row.getInt(3)),
                row.getLong(4),
                firstSeq,
                row.getLong(6),
                Math.max(row.getLong(8), firstSeq - 1),
                row.getLong(7),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                StoredCodes.settings(row.getLong(14), row.getInt(15)));
    }

    @Override
    public List<UserId> owners(ConversationId group, int limit) {
        requireLimit(limit);
        return database.read(
                "read owners",
                handle -> users(handle.createQuery(MembershipSql.OWNERS)
                        .bind("name", group.value())
                        .bind("limit", limit)));
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        requireLimit(limit);
        return database.read(
                "read a block list",
                handle -> users(handle.createQuery(MembershipSql.BLOCKED)
                        .bind("by", by.value())
                        .bind("after", after == null ? "" : after.value())
                        .bind("limit", limit)));
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        if (users.isEmpty()) {
            return Set.of();
        }
        Set<String> names = users.stream().map(UserId::value).collect(Collectors.toSet());
        return database.read(
                "look into block lists",
                handle -> Set.copyOf(users(database.dialect()
                        .bindValues(handle.createQuery(sql.blocking), "users", names)
                        .bind("blocked", blocked.value()))));
    }

    private static List<UserId> users(Query query) {
        return query.map((row, context) -> UserId.of(row.getString(1))).list();
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        Set<String> names = users.stream().map(UserId::value).collect(Collectors.toSet());
        return durably(
                "count conversations",
                handle -> database
                        .dialect()
                        .bindValues(handle.createQuery(sql.conversationCounts), "users", names)
                        .map((row, context) -> Map.entry(UserId.of(row.getString(1)), row.getInt(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        return durably(
                "list conversations",
                handle -> handle.createQuery(MembershipSql.CONVERSATIONS)
                        .bind("user", user.value())
                        .map((row, context) -> ConversationId.parse(row.getString(1)))
                        .set());
    }

    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        return database.read(
                "read entitlements",
                handle -> handle.createQuery(MembershipSql.ENTITLED)
                        .bind("name", conversation.value())
                        .bind("seq", seq)
                        .map((row, context) -> memberState(row))
                        .list());
    }

    /** @param row begins with the columns of {@link MembershipSql#ENTITLED} */
    static MemberState memberState(ResultSet row) throws SQLException {
        long firstSeq = row.getLong(2);
        return new MemberState(
                UserId.of(row.getString(1)),
                firstSeq,
                row.getLong(3),
                Math.max(row.getLong(4), firstSeq - 1),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    /** Reads what lets sessions begin to watch: not before it is durable. */
    private <T> T durably(String what, Database.Work<T> work) {
        database.requireNoTurn(what);
        return database.inside(() -> {
            T read = database.read(what, work);
            hosts.settleAll();
            database.requireSameOpening();
            return read;
        });
    }

    private static void requireLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is not allowed; 1 or more is");
        }
    }
}
