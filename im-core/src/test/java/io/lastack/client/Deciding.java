package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/** An application that shows messages at once and decides later. */
final class Deciding extends Seen {
    /** What was not decided yet, by conversation and seq; the newest showing of each. */
    final Map<String, Confirmation> open = new LinkedHashMap<>();

    @Override
    public void message(Message message, Confirmation confirmation) {
        message(message);
        open.put(message.conversation() + " " + message.seq(), confirmation);
    }

    Confirmation take(ConversationId conversation, long seq) {
        Confirmation confirmation = open.remove(conversation + " " + seq);
        if (confirmation == null) {
            throw new AssertionError(conversation + " " + seq + " was not shown; open are " + open.keySet());
        }
        return confirmation;
    }
}
