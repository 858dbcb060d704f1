package io.lastack.store.redis;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogQuery;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests say. */
final class Chat {
    static final UserId ALICE = UserId.of("alice");
    static final UserId BOB = UserId.of("bob");
    static final UserId CAROL = UserId.of("carol");
    static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    static final DeviceId PHONE = DeviceId.of("phone");
    static final long SENT_AT = 1_795_187_000_123L;

    private Chat() {}

    /** A message that was never sent before. */
    static Draft draft(UserId sender, ConversationId conversation) {
        return Draft.text(sender, conversation, "hello")
                .withClientMessageId(ClientMessageId.of(UUID.randomUUID().toString()));
    }

    static Draft newGroup(ConversationId group, UserId... members) {
        Content entry = new Content(Content.MEMBERSHIP, "custom", Payload.EMPTY, Map.of(), 0, List.of(), 0);
        return new Draft(
                group,
                ALICE,
                ClientMessageId.of("create"),
                entry,
                new Change.CreateGroup("group", History.ALL, List.of(members)));
    }

    static List<Message> read(ImStore store, ConversationId conversation) {
        return store.log()
                .read(List.of(new LogQuery(conversation, new SeqRange(1, Long.MAX_VALUE), Integer.MAX_VALUE)))
                .get(0)
                .messages();
    }
}
