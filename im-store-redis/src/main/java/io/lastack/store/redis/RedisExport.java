package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.UserExport;
import io.lastack.store.redis.SenderWalk.Part;
import io.lastack.store.redis.SenderWalk.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is stored of a user. */
final class RedisExport implements UserExport {
    /** How many conversations a call looks at when there is nothing in them. */
    private static final int CONVERSATIONS = 50;

    private final Server server;
    private final Keys keys;
    private final UserLists lists;

    RedisExport(Server server, Keys keys, UserLists lists) {
        this.server = server;
        this.keys = keys;
        this.lists = lists;
    }

    @Override
    public List<DeviceId> devices(UserId user) {
        TreeSet<DeviceId> devices = new TreeSet<>();
        List<Reply> noted = server.calls(
                "read devices",
                Stream.of(keys.user(user), keys.elsewhere(user))
                        .map(key -> Script.DEVICES.on(key, Arguments.of()))
                        .toList());
        for (Reply pairs : noted) {
            for (int i = 0; i < pairs.size(); i += 2) {
                devices.add(DeviceId.of(pairs.at(i).text()));
            }
        }
        List<Reply> members = server.calls(
                "read devices",
                lists.all(user).stream()
                        .map(id -> Script.CHOSEN.on(keys.conversation(id), Arguments.of(user)))
                        .toList());
        members.stream()
                .filter(found -> found.has(0))
                .forEach(found -> devices.addAll(
                        StoredMember.parse(user, found.at(0).text()).devices()));
        return List.copyOf(devices);
    }

    @Override
    public Page sent(UserId user, @Nullable String position, int limit, int maxBytes) {
        Arguments.atLeastOne("limit", limit);
        Arguments.atLeastOne("maxBytes", maxBytes);
        SenderWalk walk = new SenderWalk(server, keys, user);
        @Nullable Place at = position == null ? null : Place.parse(position);
        List<Message> messages = new ArrayList<>();
        long bytes = 0;
        boolean more = at != null;
        for (int i = 0; i < CONVERSATIONS; i++) {
            if (!more) {
                Optional<ConversationId> next = walk.conversationAbove(at == null ? null : at.conversation());
                if (next.isEmpty()) {
                    return new Page(messages, null);
                }
                at = new Place(next.get(), 0);
            }
            Part part =
                    walk.part(java.util.Objects.requireNonNull(at), limit - messages.size(), (int) (maxBytes - bytes));
            messages.addAll(part.messages());
            bytes += part.messages().stream()
                    .mapToLong(m -> m.content().payload().size())
                    .sum();
            at = part.through();
            more = !part.last();
            if (messages.size() >= limit || bytes >= maxBytes) {
                break;
            }
        }
        return new Page(messages, java.util.Objects.requireNonNull(at).text());
    }
}
