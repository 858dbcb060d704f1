package io.lastack.store.jdbc;

/** The statements of {@link JdbcMemberships}. A conversation whose {@code last_seq} is 0 does not exist yet. */
final class MembershipSql {
    static final String FIND = """
            SELECT title, history, last_seq, members, dissolved
            FROM lastack_conversation WHERE name = :name AND last_seq > 0""";

    static final String ATTRIBUTES = """
            SELECT a.name, a.val
            FROM lastack_conversation c
            JOIN lastack_attribute a ON a.conv = c.id
            WHERE c.name = :name""";

    private static final String CURRENT_MEMBERS = """
            SELECT u.name, m.role, m.joined_seq,
                (SELECT x.muted_until FROM lastack_mute x WHERE x.conv = m.conv AND x.usr = m.usr)
            FROM lastack_conversation c
            JOIN lastack_member m ON m.conv = c.id
            JOIN lastack_user u ON u.id = m.usr
            WHERE c.name = :name AND m.last_seq = 9223372036854775807 AND\s""";

    static final String MEMBERS = CURRENT_MEMBERS + "u.name > :after ORDER BY u.name LIMIT :limit";

    static final String OWNERS = """
            SELECT u.name
            FROM lastack_conversation c
            JOIN lastack_member m ON m.conv = c.id
            JOIN lastack_user u ON u.id = m.usr
            WHERE c.name = :name AND m.role = 0 AND m.last_seq = 9223372036854775807 LIMIT :limit""";

    /** The member rows of a user, cut to a page before anything is counted for them. */
    private static final String OWN = """
            SELECT c.name, c.title, c.last_seq AS head, m.conv, m.usr, m.role, m.first_seq, m.last_seq, m.last_read
            FROM\s""";

    private static final String CONVERSATION = """
            SELECT p.name, p.title, p.role, p.head, p.first_seq, p.last_seq, p.last_read,""";

    /** Above the position {@code last_read}. */
    private static final String COUNTS = """
            ,
                (SELECT COUNT(*) FROM lastack_message x
                    WHERE x.conv = p.conv AND x.seq > p.last_read AND x.seq >= p.first_seq AND x.seq <= p.last_seq
                    AND x.kind <= 1 AND x.sender <> p.usr),
                (SELECT COUNT(*) FROM lastack_mention n
                    WHERE n.conv = p.conv AND n.usr = p.usr AND n.seq > p.last_read AND n.seq >= p.first_seq
                    AND n.seq <= p.last_seq),""";

    private static final String SHOWN = """
            ,
                (SELECT x.muted_until FROM lastack_mute x WHERE x.conv = p.conv AND x.usr = p.usr),
                (SELECT s.muted_until FROM lastack_setting s WHERE s.usr = p.usr AND s.conv = p.conv),
                (SELECT s.flags FROM lastack_setting s WHERE s.usr = p.usr AND s.conv = p.conv)
            FROM (""";

    private static final String OWN_ACK = """

            (SELECT k.last_ack FROM lastack_cursor k
                    WHERE k.conv = p.conv AND k.usr = p.usr AND k.device = :device)""";

    private static final String OF_PEER = """

            CASE WHEN p.name LIKE 'direct:%' THEN (SELECT MAX(k.last_ack) FROM lastack_cursor k
                    WHERE k.conv = p.conv AND k.usr <> p.usr) END,
                CASE WHEN p.name LIKE 'direct:%' THEN (SELECT MAX(o.last_read) FROM lastack_member o
                    WHERE o.conv = p.conv AND o.usr <> p.usr) END""";

    private static final String WITH_POSITIONS = CONVERSATION + OWN_ACK + COUNTS + OF_PEER + SHOWN;

    private static final String WITHOUT_POSITIONS = CONVERSATION + " 0" + COUNTS + " 0, 0" + SHOWN;

    private static final String IN_ORDER = ") p ORDER BY p.name";

    static final String SUBSCRIPTIONS = WITH_POSITIONS + OWN
            + "lastack_member m JOIN lastack_conversation c ON c.id = m.conv"
            + " WHERE m.usr = :user AND c.name > :after ORDER BY c.name LIMIT :limit" + IN_ORDER;

    /** How far the member {@code m}, the user {@code u}, is. */
    private static final String STATE = """
            SELECT u.name, m.first_seq, m.last_seq,
                (SELECT MAX(k.last_ack) FROM lastack_cursor k WHERE k.conv = m.conv AND k.usr = m.usr),
                (SELECT MIN(k.acked_at) FROM lastack_cursor k
                    WHERE k.conv = m.conv AND k.usr = m.usr AND k.last_ack >= :seq AND k.acked_at > 0),
                m.last_read, m.read_at""";

    static final String ENTITLED = STATE + """

            FROM lastack_conversation c
            JOIN lastack_member m ON m.conv = c.id
            JOIN lastack_user u ON u.id = m.usr
            WHERE c.name = :name AND m.first_seq <= :seq AND m.last_seq >= :seq""";

    static final String AUDIENCE = STATE + """
            , c.trimmed_through, s.name
            FROM lastack_conversation c
            LEFT JOIN lastack_message x ON x.conv = c.id AND x.seq = :seq
            LEFT JOIN lastack_user s ON s.id = x.sender
            LEFT JOIN lastack_member m ON m.conv = x.conv AND m.first_seq <= :seq AND m.last_seq >= :seq
            LEFT JOIN lastack_user u ON u.id = m.usr
            WHERE c.id = :conversation""";

    static final String CONVERSATIONS = """
            SELECT c.name
            FROM lastack_user u
            JOIN lastack_member m ON m.usr = u.id
            JOIN lastack_conversation c ON c.id = m.conv
            WHERE u.name = :user""";

    static final String BLOCKED = """
            SELECT b.name
            FROM lastack_user u
            JOIN lastack_block k ON k.usr = u.id
            JOIN lastack_user b ON b.id = k.blocked
            WHERE u.name = :by AND b.name > :after ORDER BY b.name LIMIT :limit""";

    final String membersAmong;
    final String subscriptionsAmong;
    final String conversationCounts;
    final String blocking;

    MembershipSql(Dialect dialect) {
        // Look-ups, not joins: a server may judge a large group by the usual one and join all its members first.
        membersAmong = "SELECT u.name, " + currentMember("role") + ", " + currentMember("joined_seq")
                + ", (SELECT x.muted_until FROM lastack_mute x WHERE x.conv = c.id AND x.usr = u.id) FROM "
                + dialect.valuesOf("users") + " JOIN lastack_user u ON u.name = k.v"
                + " JOIN lastack_conversation c ON c.name = :name";
        subscriptionsAmong = WITH_POSITIONS + OWN + dialect.valuesOf("conversations")
                + " JOIN lastack_conversation c ON c.name = k.v"
                + " JOIN lastack_member m ON m.conv = c.id AND m.usr = :user" + IN_ORDER;
        // Counted in the index by user alone.
        conversationCounts = "SELECT u.name, COUNT(*) FROM " + dialect.valuesOf("users")
                + " JOIN lastack_user u ON u.name = k.v JOIN lastack_member m ON m.usr = u.id GROUP BY u.name";
        blocking = "SELECT u.name FROM " + dialect.valuesOf("users") + " JOIN lastack_user u ON u.name = k.v"
                + " JOIN lastack_user b ON b.name = :blocked"
                + " JOIN lastack_block x ON x.usr = u.id AND x.blocked = b.id";
    }

    /**
     * Like {@link #SUBSCRIPTIONS}, counted above positions that are bound; after these, the user.
     *
     * @param numbers takes conversations and positions
     */
    static String subscriptionsAbove(NumberTable numbers) {
        return WITHOUT_POSITIONS
                + "SELECT c.name, c.title, c.last_seq AS head, m.conv, m.usr, m.role, m.first_seq, m.last_seq, k.last_read FROM "
                + numbers.of("conv", "last_read")
                + " JOIN lastack_conversation c ON c.id = k.conv"
                + " JOIN lastack_member m ON m.conv = c.id AND m.usr = ?) p";
    }

    /** A column of the member {@code u} of {@code c}; null unless that is a current one. */
    private static String currentMember(String column) {
        return "(SELECT m." + column + " FROM lastack_member m"
                + " WHERE m.conv = c.id AND m.usr = u.id AND m.last_seq = 9223372036854775807)";
    }
}
