package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.StoredCodes;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conversations as one of their members sees them: one call for each, and one for the settings, sent together. */
final class Subscriptions {
    /** In place of what is not asked for. */
    private static final String NONE = "";

    private final Server server;
    private final Keys keys;

    Subscriptions(Server server, Keys keys) {
        this.server = server;
        this.keys = keys;
    }

    /** With the positions that are stored with the member. */
    List<Subscription> of(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        Map<ConversationId, Call> calls = new LinkedHashMap<>();
        for (ConversationId id : conversations) {
            boolean direct = id.kind() == ConversationId.Kind.DIRECT;
            calls.put(id, call(id, user, device, direct ? id.peerOf(user) : NONE, NONE));
        }
        return read(user, calls);
    }

    /** With the read positions that are given, and no others. */
    List<Subscription> above(UserId user, Map<ConversationId, Long> lastReads) {
        Map<ConversationId, Call> calls = new LinkedHashMap<>();
        lastReads.forEach((id, lastRead) -> calls.put(id, call(id, user, NONE, NONE, lastRead)));
        return read(user, calls);
    }

    private Call call(ConversationId id, UserId user, Object device, Object peer, Object lastRead) {
        return Script.SUBSCRIPTION.on(keys.conversation(id), Arguments.of(user, device, peer, lastRead));
    }

    private List<Subscription> read(UserId user, Map<ConversationId, Call> byConversation) {
        if (byConversation.isEmpty()) {
            return List.of();
        }
        List<ConversationId> ids = List.copyOf(byConversation.keySet());
        List<Call> calls = new ArrayList<>(byConversation.values());
        calls.add(Script.SETTINGS.on(
                keys.conversation(ConversationId.inbox(user)), Arguments.of().addAll(ids)));
        List<Reply> replies = server.calls("read subscriptions", calls);
        Reply settings = replies.get(ids.size());
        List<Subscription> found = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (!replies.get(i).isNothing()) {
                found.add(parse(
                        ids.get(i),
                        replies.get(i),
                        StoredSettings.parse(settings.at(i).text())));
            }
        }
        return found;
    }

    private static Subscription parse(ConversationId id, Reply reply, ConversationSettings settings) {
        return new Subscription(
                id,
                reply.at(0).text(),
                StoredCodes.role((int) reply.at(1).number()),
                reply.at(2).number(),
                reply.at(3).number(),
                StoredMember.lastSeq(reply.at(4).text()),
                reply.at(5).number(),
                reply.at(6).number(),
                reply.at(7).number(),
                reply.at(8).number(),
                reply.at(9).number(),
                reply.at(10).number(),
                reply.at(11).number(),
                settings);
    }
}
