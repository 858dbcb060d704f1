package io.lastack.store.redis;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through the messages of one sender: conversation by conversation, in ascending order of both. */
final class SenderWalk {
    private static final int LOOKED_AT = 500;

    private final Server server;
    private final Keys keys;
    private final UserId sender;

    SenderWalk(Server server, Keys keys, UserId sender) {
        this.server = server;
        this.keys = keys;
        this.sender = sender;
    }

    /** The first conversation above another one that the sender belongs, belonged or wrote to. */
    Optional<ConversationId> conversationAbove(@Nullable ConversationId after) {
        Arguments next = Arguments.of(after == null ? "-" : "(" + after, 1);
        return server
                .calls(
                        "list conversations of a sender",
                        Stream.of(keys.listOf(sender), keys.wroteOf(sender))
                                .map(key -> Script.NAMES.on(key, next))
                                .toList())
                .stream()
                .flatMap(names -> names.texts().stream())
                .sorted()
                .findFirst()
                .map(ConversationId::parse);
    }

    /** Some of the messages above a place, which may be none though there are more. */
    Part part(Place above, int limit, int maxBytes) {
        Reply reply = server.call(
                "read messages of a sender",
                Script.AUTHORED.on(
                        keys.conversation(above.conversation()),
                        Arguments.of(sender, above.seq(), LOOKED_AT, limit, maxBytes)));
        return new Part(
                StoredMessage.list(above.conversation(), reply, 2),
                new Place(above.conversation(), reply.at(0).number()),
                reply.at(1).number() == 1);
    }

    /**
     * Messages, and how far they reach.
     *
     * @param last whether the conversation has no more
     */
    record Part(List<Message> messages, Place through, boolean last) {}

    /** Where a walk is: everything up to there is done. */
    record Place(ConversationId conversation, long seq) {
        private static final char SEPARATOR = ' ';

        /** @throws IllegalArgumentException if it is not the text of a place */
        static Place parse(String position) {
            int separator = position.indexOf(SEPARATOR);
            try {
                return new Place(
                        ConversationId.parse(position.substring(0, Math.max(0, separator))),
                        Long.parseLong(position.substring(separator + 1)));
            } catch (InvalidRequestException | NumberFormatException e) {
                throw new IllegalArgumentException("position " + position + " is not one that this store returned", e);
            }
        }

        String text() {
            return conversation.value() + SEPARATOR + seq;
        }
    }
}
