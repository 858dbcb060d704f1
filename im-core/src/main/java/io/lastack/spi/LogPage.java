package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.List;

/**
 * Messages of one conversation in ascending order of seq, with no gap among them.
 *
 * @param trimmedThrough messages up to and including this seq are gone (retention); 0 if none. A page whose range begins
 *     at or below it starts with the first message above it.
 */
public record LogPage(ConversationId conversation, List<Message> messages, long trimmedThrough) {
    public LogPage {
        messages = List.copyOf(messages);
    }
}
