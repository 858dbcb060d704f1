package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * PostgreSQL's tables as a large service fills them, made by the server itself. A membership for every 25 messages: one
 * group has a twentieth of the memberships and a fiftieth of the messages, one user is in it and in 499 direct
 * conversations, which have a tenth of the messages, and everybody else has one direct conversation. Each membership has
 * the position of one device.
 */
final class LargeTables {
    static final int CONVERSATIONS = 500;
    static final ConversationId GROUP = ConversationId.group("large");

    private static final int LEAST = 100_000;

    private final long messages;
    private final long members;
    private final long pairs;

    /** @param messages how many, at least 100,000 */
    LargeTables(long messages) {
        if (messages < LEAST) {
            throw new IllegalArgumentException(messages + " messages are not allowed; " + LEAST
                    + " or more are, so that all conversations have some");
        }
        this.messages = messages;
        this.members = messages / 25 / 20;
        this.pairs = (messages / 25 - members - 2 * (CONVERSATIONS - 1)) / 2;
    }

    /** The user who is in 500 conversations is number 1; all up to {@link #members} are in the group. */
    static UserId user(long number) {
        return UserId.of(String.format(Locale.ROOT, "u%07d", number));
    }

    /** How many members the group has. */
    long members() {
        return members;
    }

    /** The conversations of user 1. */
    static List<ConversationId> conversations() {
        return IntStream.rangeClosed(1, CONVERSATIONS)
                .mapToObj(i -> i == 1 ? GROUP : ConversationId.direct(user(1), user(i)))
                .toList();
    }

    /** Fills the tables, which the store has made and nothing is in yet. */
    void fill(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : script()) {
                statement.execute(sql);
            }
        }
    }

    /** How many messages, memberships and positions there are. */
    static List<Long> counts(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT (SELECT COUNT(*) FROM lastack_message),"
                        + " (SELECT COUNT(*) FROM lastack_member), (SELECT COUNT(*) FROM lastack_cursor)")) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    private List<String> script() {
        long users = CONVERSATIONS + 2 * pairs;
        long inGroup = messages / 50;
        long inOwn = messages / 10 / CONVERSATIONS;
        long rest = messages - inGroup - inOwn * (CONVERSATIONS - 1);
        String name = "'u' || lpad((%s)::text, 7, '0')";
        String first = String.format(Locale.ROOT, name, "2 * i - 501");
        String second = String.format(Locale.ROOT, name, "2 * i - 500");
        String own = String.format(Locale.ROOT, name, "i");
        return List.of(
                "INSERT INTO lastack_user (id, name) SELECT i, " + own + " FROM generate_series(1, " + users + ") i",
                "INSERT INTO lastack_device (id, usr, name, registered)"
                        + " SELECT id, id, 'phone', TRUE FROM lastack_user ORDER BY id",
                "INSERT INTO lastack_conversation (id, name, last_seq, members) VALUES (1, '" + GROUP + "', " + inGroup
                        + ", " + members + ")",
                "INSERT INTO lastack_conversation (id, name, last_seq, members) SELECT i, 'direct:" + user(1) + "~' || "
                        + own + ", " + inOwn + ", 2 FROM generate_series(2, " + CONVERSATIONS + ") i",
                "INSERT INTO lastack_conversation (id, name, last_seq, members) SELECT i, 'direct:' || " + first
                        + " || '~' || " + second + ", " + rest / pairs + " + (i - 500 <= " + rest % pairs
                        + ")::int, 2 FROM generate_series(501, " + (CONVERSATIONS + pairs) + ") i",
                // Members of the group have read from nothing to nearly all of it, its first one nearly all.
                "INSERT INTO lastack_member (conv, usr, joined_seq, first_seq, last_read, read_at, role) SELECT 1, i, 1, 1,"
                        + " CASE WHEN i = 1 THEN " + (inGroup - 100) + " ELSE " + inGroup + " * (i % 100) / 100 END,"
                        + " 1795187000000, 2 FROM generate_series(1, " + members + ") i",
                "INSERT INTO lastack_member (conv, usr, joined_seq, first_seq, last_read, read_at, role)"
                        + " SELECT c.id, CASE WHEN c.id > 500 THEN 2 * c.id - 501 + n WHEN n = 0 THEN 1 ELSE c.id END,"
                        + " 1, 1, c.last_seq - 20, 1795187000000, 2"
                        + " FROM lastack_conversation c CROSS JOIN generate_series(0, 1) n WHERE c.id > 1 ORDER BY 1, 2",
                // Every tenth position is behind.
                "INSERT INTO lastack_cursor (conv, usr, device, last_ack) SELECT m.conv, m.usr, m.usr,"
                        + " c.last_seq - CASE WHEN m.conv % 10 = 0 THEN 20 ELSE 0 END"
                        + " FROM lastack_member m JOIN lastack_conversation c ON c.id = m.conv ORDER BY 1, 2",
                "INSERT INTO lastack_message (conv, seq, sender, sent_at, kind, shape, client_id, body)"
                        + " SELECT c.id, s, CASE WHEN c.id = 1 THEN 1 + s % " + members
                        + " WHEN c.id > 500 THEN 2 * c.id - 501 + s % 2 WHEN s % 2 = 0 THEN 1 ELSE c.id END,"
                        + " 1795187000000 + s, 0, 0, '\\x01'::bytea || decode(md5(c.id || ':' || s), 'hex'),"
                        + " convert_to(rpad('message ' || s, 200), 'UTF8')"
                        + " FROM (SELECT id, last_seq FROM lastack_conversation ORDER BY id) c"
                        + " CROSS JOIN LATERAL generate_series(1, c.last_seq) s",
                "VACUUM (ANALYZE) lastack_user",
                "VACUUM (ANALYZE) lastack_device",
                "VACUUM (ANALYZE) lastack_conversation",
                "VACUUM (ANALYZE) lastack_member",
                "VACUUM (ANALYZE) lastack_cursor",
                "VACUUM (ANALYZE) lastack_message");
    }
}
