package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import io.lastack.spi.DeliveryMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far somebody has looked through the conversations: among the facts of each. */
final class RedisMarks implements DeliveryMarks {
    private final Server server;
    private final Keys keys;
    private final ConversationIndex index;

    /** Of this store alone: tells a move that the driver sent twice from a move by somebody else. */
    private final String mover;

    private final AtomicLong moves = new AtomicLong();

    RedisMarks(Server server, Keys keys, ConversationIndex index, String mover) {
        this.server = server;
        this.keys = keys;
        this.index = index;
        this.mover = mover;
    }

    @Override
    public List<Mark> marks(@Nullable ConversationId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        List<Mark> marks = new ArrayList<>();
        // The kinds are in the order of their names.
        for (Kind kind : Kind.values()) {
            if (after == null || kind.compareTo(after.kind()) >= 0) {
                add(marks, kind, after, limit);
            }
        }
        return marks;
    }

    private void add(List<Mark> marks, Kind kind, @Nullable ConversationId after, int limit) {
        @Nullable ConversationId above = after;
        boolean more = true;
        // What was noted but never came into being does not count for the limit.
        while (more && marks.size() < limit) {
            int wanted = limit - marks.size();
            List<ConversationId> page = index.page(kind, above, wanted);
            marks.addAll(marks(page));
            more = page.size() == wanted;
            above = page.isEmpty() ? above : page.get(page.size() - 1);
        }
    }

    private List<Mark> marks(List<ConversationId> conversations) {
        List<Reply> replies = server.calls(
                "read how far conversations were looked through",
                conversations.stream()
                        .map(id -> Script.MARK.on(keys.conversation(id), Arguments.of()))
                        .toList());
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < conversations.size(); i++) {
            Reply reply = replies.get(i);
            if (!reply.isNothing() && reply.at(1).number() > 0) {
                marks.add(new Mark(
                        conversations.get(i), reply.at(0).number(), reply.at(1).number()));
            }
        }
        return marks;
    }

    @Override
    public long through(ConversationId conversation) {
        Reply reply = server.call(
                "read how far a conversation was looked through",
                Script.MARK.on(keys.conversation(conversation), Arguments.of()));
        return reply.isNothing() ? 0 : reply.at(0).number();
    }

    @Override
    public boolean advance(ConversationId conversation, long expected, long through) {
        if (expected < 0 || through <= expected) {
            throw new IllegalArgumentException(
                    "a mark from " + expected + " to " + through + " is not allowed; from 0 or more to more is");
        }
        return server.call(
                                "remember how far a conversation was looked through",
                                Script.ADVANCE.on(
                                        keys.conversation(conversation),
                                        Arguments.of(expected, through, mover + moves.incrementAndGet())))
                        .number()
                == 1;
    }
}
