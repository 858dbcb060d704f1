package io.lastack.store.redis;

import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.StoredCodes;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who belongs where, and how it looks from there. */
final class RedisMemberships implements Memberships {
    private final Server server;
    private final Keys keys;
    private final UserLists lists;
    private final Subscriptions subscriptions;

    RedisMemberships(Server server, Keys keys, UserLists lists, Subscriptions subscriptions) {
        this.server = server;
        this.keys = keys;
        this.lists = lists;
        this.subscriptions = subscriptions;
    }

    @Override
    public Optional<ConversationInfo> find(ConversationId conversation) {
        Reply facts =
                server.call("find a conversation", Script.FACTS.on(keys.conversation(conversation), Arguments.of()));
        if (!facts.has(0)) {
            return Optional.empty();
        }
        return Optional.of(new ConversationInfo(
                conversation,
                facts.has(1) ? facts.at(1).text() : "",
                facts.has(2) ? StoredCodes.history((int) facts.at(2).number()) : History.ALL,
                facts.at(0).number(),
                (int) facts.at(3).number(),
                facts.has(4),
                attributes(conversation)));
    }

    private Map<String, String> attributes(ConversationId conversation) {
        if (conversation.kind() != ConversationId.Kind.GROUP) {
            return Map.of();
        }
        Reply pairs =
                server.call("read attributes", Script.ATTRIBUTES.on(keys.conversation(conversation), Arguments.of()));
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            attributes.put(pairs.at(i).text(), pairs.at(i + 1).text());
        }
        return attributes;
    }

    @Override
    public List<UserId> owners(ConversationId group, int limit) {
        Arguments.atLeastOne("limit", limit);
        return users(server.call("list owners", Script.OWNERS.on(keys.conversation(group), Arguments.of(limit))));
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        Arguments arguments = Arguments.of(after == null ? "" : after, limit);
        return users(server.call(
                "read a block list", Script.BLOCKED.on(keys.conversation(ConversationId.inbox(by)), arguments)));
    }

    private static List<UserId> users(Reply names) {
        return names.texts().stream().map(UserId::of).toList();
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        List<UserId> distinct = users.stream().distinct().toList();
        List<Reply> replies = server.calls(
                "look into block lists",
                distinct.stream()
                        .map(user ->
                                Script.BLOCKS.on(keys.conversation(ConversationId.inbox(user)), Arguments.of(blocked)))
                        .toList());
        Set<UserId> blocking = new HashSet<>();
        for (int i = 0; i < distinct.size(); i++) {
            if (replies.get(i).number() == 1) {
                blocking.add(distinct.get(i));
            }
        }
        return blocking;
    }

    @Override
    public List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        if (conversation.kind() != ConversationId.Kind.GROUP) {
            return chosen(
                            conversation,
                            named(conversation)
                                    .filter(user -> after == null || user.compareTo(after) > 0)
                                    .toList())
                    .stream()
                    .limit(limit)
                    .toList();
        }
        Reply page = server.call(
                "list members",
                Script.CURRENT.on(keys.conversation(conversation), Arguments.of(after == null ? "" : after, limit)));
        return members(page).stream().map(StoredMember::member).toList();
    }

    private static Stream<UserId> named(ConversationId id) {
        return id.kind() == ConversationId.Kind.DIRECT ? Stream.of(id.first(), id.second()) : Stream.of(id.owner());
    }

    private static List<StoredMember> members(Reply pairs) {
        List<StoredMember> members = new ArrayList<>(pairs.size() / 2);
        for (int i = 0; i < pairs.size(); i += 2) {
            members.add(StoredMember.parse(
                    UserId.of(pairs.at(i).text()), pairs.at(i + 1).text()));
        }
        return members;
    }

    @Override
    public List<Member> members(ConversationId conversation, Collection<UserId> users) {
        return chosen(conversation, users.stream().distinct().toList());
    }

    private List<Member> chosen(ConversationId conversation, List<UserId> users) {
        Reply found = server.call(
                "look up members",
                Script.CHOSEN.on(keys.conversation(conversation), Arguments.of().addAll(users)));
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            if (found.has(i)) {
                StoredMember member =
                        StoredMember.parse(users.get(i), found.at(i).text());
                if (member.current()) {
                    members.add(member.member());
                }
            }
        }
        return members;
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        Arguments.atLeastOne("limit", limit);
        List<Subscription> found = new ArrayList<>();
        @Nullable ConversationId above = after;
        boolean more = true;
        // What is on the list without a member in the conversation does not count for the limit.
        while (more && found.size() < limit) {
            int wanted = limit - found.size();
            List<ConversationId> page = lists.page(user, above, wanted);
            found.addAll(subscriptions.of(user, device, page));
            more = page.size() == wanted;
            above = page.isEmpty() ? above : page.get(page.size() - 1);
        }
        return found;
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        return subscriptions.of(user, device, conversations);
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        return lists.counts(users);
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        return Set.copyOf(lists.all(user));
    }

    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        Reply everybody =
                server.call("list everybody", Script.EVERYBODY.on(keys.conversation(conversation), Arguments.of()));
        return members(everybody).stream()
                .map(member -> member.state(seq))
                .filter(state -> state.entitledTo(seq))
                .toList();
    }
}
