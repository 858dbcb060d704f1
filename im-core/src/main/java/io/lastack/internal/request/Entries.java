package io.lastack.internal.request;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.List;
import java.util.Optional;

/** Single entries of the log. Blocks. */
final class Entries {
    private final MessageLog log;

    Entries(MessageLog log) {
        this.log = log;
    }

    /** The entry at a seq; empty if there is none (any more). */
    Optional<Message> find(ConversationId conversation, long seq) {
        return seq < 1
                ? Optional.empty()
                : log.read(List.of(new LogQuery(conversation, new SeqRange(seq, seq), 1))).get(0).messages().stream()
                        .findFirst();
    }
}
