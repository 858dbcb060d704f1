package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Users in conversations, each once, as arguments of scripts: one call for the users of a conversation. */
final class Places {
    private Places() {}

    /**
     * Calls a script that returns something or nothing for each user that it is given.
     *
     * @param found what to do with what is not nothing
     */
    static void look(
            Server server, Keys keys, Script script, Collection<Place> places, BiConsumer<Place, Reply> found) {
        Map<ConversationId, TreeSet<UserId>> users = new TreeMap<>();
        places.forEach(place -> users.computeIfAbsent(place.conversation(), id -> new TreeSet<>())
                .add(place.user()));
        List<Call> calls = new ArrayList<>();
        users.forEach((id, asked) ->
                calls.add(script.on(keys.conversation(id), Arguments.of().addAll(asked))));
        List<Reply> replies = server.calls("look up positions", calls);
        int call = 0;
        for (Map.Entry<ConversationId, TreeSet<UserId>> asked : users.entrySet()) {
            Reply reply = replies.get(call++);
            int at = 0;
            for (UserId user : asked.getValue()) {
                if (reply.has(at)) {
                    found.accept(new Place(asked.getKey(), user), reply.at(at));
                }
                at++;
            }
        }
    }
}
