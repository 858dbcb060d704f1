package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the scripted server stores: append-only, idempotent by sender and client message id. */
final class ServerLog {
    private final Map<ConversationId, List<Message>> logs = new TreeMap<>();

    /** @return the message as stored, now or by an earlier append */
    Message append(ConversationId conversation, UserId sender, ClientMessageId id, Content content, long at) {
        List<Message> log = logs.computeIfAbsent(conversation, c -> new ArrayList<>());
        for (Message message : log) {
            if (message.sender().equals(sender) && message.clientMessageId().equals(id)) {
                return message;
            }
        }
        Message message = new Message(conversation, log.size() + 1, at, sender, id, content);
        log.add(message);
        return message;
    }

    List<Message> of(ConversationId conversation) {
        return logs.getOrDefault(conversation, List.of());
    }

    List<String> texts(ConversationId conversation) {
        return of(conversation).stream()
                .map(m -> m.content().payload().asText())
                .toList();
    }

    long head(ConversationId conversation) {
        return of(conversation).size();
    }

    Iterable<ConversationId> conversations() {
        return List.copyOf(logs.keySet());
    }

    void clear() {
        logs.clear();
    }
}
