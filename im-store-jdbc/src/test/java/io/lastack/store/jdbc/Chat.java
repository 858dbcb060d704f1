package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogQuery;
import java.util.List;
import java.util.UUID;

/** Short words for what tests do with a store. */
final class Chat {
    static final UserId ALICE = UserId.of("alice");
    static final UserId BOB = UserId.of("bob");
    static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    static final long SENT_AT = 1_795_187_000_123L;

    private Chat() {}

    /** A message that was never sent before. */
    static Draft draft(ConversationId conversation) {
        return Draft.text(ALICE, conversation, "hello")
                .withClientMessageId(ClientMessageId.of(UUID.randomUUID().toString()));
    }

    /** Appends a new message; returns its seq. */
    static long send(ImStore store, ConversationId conversation) {
        List<AppendOutcome> outcomes = store.log().append(List.of(draft(conversation)), SENT_AT);
        assertThat(outcomes).hasExactlyElementsOfTypes(Appended.class);
        return ((Appended) outcomes.get(0)).seq();
    }

    static List<Message> read(ImStore store, ConversationId conversation, long first, int maxBytes) {
        return store.log()
                .read(List.of(new LogQuery(conversation, new SeqRange(first, Long.MAX_VALUE), maxBytes)))
                .get(0)
                .messages();
    }

    static List<Message> read(ImStore store, ConversationId conversation) {
        return read(store, conversation, 1, Integer.MAX_VALUE);
    }
}
