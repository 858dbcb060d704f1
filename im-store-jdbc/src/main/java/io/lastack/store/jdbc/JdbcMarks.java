package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.spi.DeliveryMarks;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How far somebody has looked through the conversations. */
final class JdbcMarks implements DeliveryMarks {
    private static final String MARKS = """
            SELECT c.name, COALESCE(m.through_seq, 0), c.last_seq
            FROM lastack_conversation c LEFT JOIN lastack_delivery_mark m ON m.conv = c.id
            WHERE c.name > :after AND c.last_seq > 0 ORDER BY c.name LIMIT :limit""";
    private static final String MARK = """
            SELECT m.through_seq FROM lastack_conversation c JOIN lastack_delivery_mark m ON m.conv = c.id
            WHERE c.name = :name""";
    private static final String MOVE = """
            UPDATE lastack_delivery_mark SET through_seq = :through
            WHERE conv = (SELECT id FROM lastack_conversation WHERE name = :name) AND through_seq = :expected""";
    private static final String ADD = """
            INSERT INTO lastack_delivery_mark (conv, through_seq)
            SELECT c.id, :through FROM lastack_conversation c
            WHERE c.name = :name AND NOT EXISTS (SELECT 1 FROM lastack_delivery_mark m WHERE m.conv = c.id)""";

    private final Database database;

    JdbcMarks(Database database) {
        this.database = database;
    }

    @Override
    public List<Mark> marks(@Nullable ConversationId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        return database.read(
                "read how far conversations were looked through",
                handle -> handle.createQuery(MARKS)
                        .bind("after", after == null ? "" : after.value())
                        .bind("limit", limit)
                        .map((row, context) ->
                                new Mark(ConversationId.parse(row.getString(1)), row.getLong(2), row.getLong(3)))
                        .list());
    }

    @Override
    public long through(ConversationId conversation) {
        return database.read(
                "read how far a conversation was looked through",
                handle -> handle.createQuery(MARK)
                        .bind("name", conversation.value())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    @Override
    public boolean advance(ConversationId conversation, long expected, long through) {
        if (expected < 0 || through <= expected) {
            throw new IllegalArgumentException(
                    "a mark from " + expected + " to " + through + " is not allowed; from 0 or more to more is");
        }
        return database.write(
                "remember how far a conversation was looked through",
                handle -> move(handle, conversation, expected, through));
    }

    /** The primary key lets one of two add the first mark; the other one is run again, and finds it. */
    private static boolean move(Handle handle, ConversationId conversation, long expected, long through) {
        int moved = handle.createUpdate(MOVE)
                .bind("name", conversation.value())
                .bind("expected", expected)
                .bind("through", through)
                .execute();
        if (moved == 0 && expected == 0) {
            moved = handle.createUpdate(ADD)
                    .bind("name", conversation.value())
                    .bind("through", through)
                    .execute();
        }
        return moved == 1;
    }
}
