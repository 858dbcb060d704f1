package io.lastack.internal.session;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Subscription;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The positions that a device stated. */
record Resume(Map<String, Long> positions) {
    static final Resume NOTHING = new Resume(Map.of());

    /** A position above the end of its log. */
    record Ahead(String conversation, long stated, long head) {}

    static Resume of(List<ClientFrame.Position> stated) {
        Map<String, Long> positions = new HashMap<>();
        stated.forEach(p -> positions.merge(p.conversation(), p.seq(), Math::max));
        return new Resume(positions);
    }

    @Nullable
    Long at(ConversationId conversation) {
        return positions.get(conversation.value());
    }

    /**
     * A position above the head of its log, if there is one. Only conversations of the user count, as the store has them or
     * as their names tell: nobody learns anything of those of others. Blocks for the second sort.
     */
    @Nullable
    Ahead ahead(UserId user, List<Subscription> subscriptions, MessageLog log) {
        Set<String> others = new HashSet<>(positions.keySet());
        for (Subscription s : subscriptions) {
            String name = s.conversation().value();
            Long stated = positions.get(name);
            if (stated != null && stated > s.head()) {
                return new Ahead(name, stated, s.head());
            }
            others.remove(name);
        }
        List<ConversationId> named = named(user, others);
        Map<ConversationId, Long> heads = named.isEmpty() ? Map.of() : log.heads(named);
        for (ConversationId conversation : named) {
            long stated = positions.getOrDefault(conversation.value(), 0L);
            long head = heads.getOrDefault(conversation, 0L);
            if (stated > head) {
                return new Ahead(conversation.value(), stated, head);
            }
        }
        return null;
    }

    private static List<ConversationId> named(UserId user, Set<String> values) {
        return values.stream()
                .flatMap(value -> parsed(value).stream())
                .filter(conversation -> conversation.names(user))
                .toList();
    }

    /** A conversation of no kind is nobody's. */
    private static Optional<ConversationId> parsed(String value) {
        try {
            return Optional.of(ConversationId.parse(value));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }
}
