package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.UserErasure;
import io.lastack.store.redis.SenderWalk.Part;
import io.lastack.store.redis.SenderWalk.Place;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Erases users: first devices and inbox, then what is left of them in the conversations, in ascending order. A conversation
 * is noted among those that the user wrote to before the user is taken out of it, and struck off the list after; so whoever
 * is interrupted anywhere finds it again.
 */
final class RedisErasure implements UserErasure {
    private static final String INBOX = "inbox";

    private final Server server;
    private final Keys keys;
    private final RedisRetention retention;

    RedisErasure(Server server, Keys keys, RedisRetention retention) {
        this.server = server;
        this.keys = keys;
        this.retention = retention;
    }

    @Override
    public @Nullable String erase(UserId user, @Nullable String position, int limit) {
        Arguments.atLeastOne("limit", limit);
        if (position == null) {
            server.call("forget devices", Script.FORGET_DEVICES.on(keys.user(user), Arguments.of()));
            byte[] inbox = keys.conversation(ConversationId.inbox(user));
            server.call("forget settings", Script.FORGET_OWN.on(inbox, Arguments.of()));
            return INBOX;
        }
        if (position.equals(INBOX)) {
            return emptyInbox(user, limit) ? next(user, null) : INBOX;
        }
        Place place = Place.parse(position);
        if (place.seq() == 0) {
            takeOut(user, place.conversation());
        }
        Part part = new SenderWalk(server, keys, user).part(place, limit, Integer.MAX_VALUE);
        blank(user, place.conversation(), part.messages());
        return part.last() ? next(user, place.conversation()) : part.through().text();
    }

    private boolean emptyInbox(UserId user, int limit) {
        ConversationId inbox = ConversationId.inbox(user);
        long gone = retention.trim(inbox, Long.MAX_VALUE, Long.MAX_VALUE, limit);
        Reply head = server.call("empty an inbox", Script.HEAD.on(keys.conversation(inbox), Arguments.of()));
        return head.isNothing() || head.number() <= gone;
    }

    private @Nullable String next(UserId user, @Nullable ConversationId after) {
        Optional<ConversationId> next = new SenderWalk(server, keys, user).conversationAbove(after);
        return next.map(id -> new Place(id, 0).text()).orElse(null);
    }

    private void takeOut(UserId user, ConversationId conversation) {
        byte[] key = keys.user(user);
        server.call("erase a user", Script.LEAVE.on(key, Arguments.of("note", conversation)));
        server.call("erase a user", Script.FORGET.on(keys.conversation(conversation), Arguments.of(user)));
        server.call("erase a user", Script.LEAVE.on(key, Arguments.of("drop", conversation)));
    }

    private void blank(UserId user, ConversationId conversation, List<Message> messages) {
        Arguments arguments = Arguments.of(user);
        for (Message message : messages) {
            arguments.add(message.seq());
        }
        if (arguments.list().size() > 1) {
            server.call("erase messages", Script.BLANK.on(keys.conversation(conversation), arguments));
        }
    }
}
