package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.List;

/**
 * Messages of one conversation in ascending order of seq, with no gap among them.
 *
 * @param trimmedThrough messages up to and including this seq are gone (retention); 0 if none. No message of the page is
 *     among them: a page whose range begins at or below it starts with the first message above it, and may be empty though
 *     there are such messages.
 */
public record LogPage(ConversationId conversation, List<Message> messages, long trimmedThrough) {
    public LogPage {
        messages = List.copyOf(messages);
    }
}
