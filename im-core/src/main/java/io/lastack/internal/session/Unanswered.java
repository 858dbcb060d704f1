package io.lastack.internal.session;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one connection has sent and has no reply to yet. A message is in the log before its sender is told, so
 * whoever reads the log may meet one of them; it is to come by its reply. As many as requests of a connection may wait. Not
 * thread-safe.
 */
final class Unanswered {
    private final Set<Name> names = new HashSet<>(0);

    private record Name(ConversationId conversation, ClientMessageId id) {}

    void add(Draft draft) {
        Name name = name(draft.conversation(), draft.clientMessageId());
        if (name != null) {
            names.add(name);
        }
    }

    void remove(Draft draft) {
        names.remove(name(draft.conversation(), draft.clientMessageId()));
    }

    /** Whether a message from the log, of the user of this connection, is one of them. */
    boolean contains(Message message) {
        return !names.isEmpty() && names.contains(name(message.conversation(), message.clientMessageId()));
    }

    private static @Nullable Name name(ConversationId conversation, @Nullable ClientMessageId id) {
        return id == null ? null : new Name(conversation, id);
    }
}
