package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lists of users' conversations. They lie in other slots than the conversations, so that no script can write both; so
 * an append first notes an intention with the user, then makes the member in the conversation, then puts the conversation
 * on the list and deletes the intention. Whoever died in between left an intention: every reader of the list looks up in
 * the conversation what became of it, and ends it. An intention that led to nothing is dropped when it is so old that no
 * append can use it any more.
 */
final class UserLists {
    /** Long after the age at which append.lua takes an intention for too old, so that clocks may differ. */
    private static final long DROPPED_AFTER_MILLIS = 600_000;

    private static final int ALL = -1;

    private final Server server;
    private final Keys keys;

    UserLists(Server server, Keys keys) {
        this.server = server;
        this.keys = keys;
    }

    /**
     * Notes what is about to be appended.
     *
     * @param token that no other append uses, without a blank
     * @param joins whom an append may make members
     * @param wrote who writes to what without belonging there
     * @param comesToBe what may come to be
     * @return when, by the clock that was first
     */
    long prepare(
            String token,
            Map<ConversationId, Set<UserId>> joins,
            Map<ConversationId, Set<UserId>> wrote,
            Collection<ConversationId> comesToBe) {
        Map<UserId, List<ConversationId>> joinsOf = byUser(joins);
        Map<UserId, List<ConversationId>> wroteOf = byUser(wrote);
        List<Call> calls = new ArrayList<>();
        for (UserId user : union(joinsOf, wroteOf)) {
            List<ConversationId> own = joinsOf.getOrDefault(user, List.of());
            calls.add(Script.PREPARE.on(
                    keys.user(user),
                    Arguments.of(token, own.size()).addAll(own).addAll(wroteOf.getOrDefault(user, List.of()))));
        }
        int users = calls.size();
        comesToBe.forEach(id -> calls.add(Script.INDEX.on(keys.index(id), Arguments.of(id))));
        return server.calls("prepare an append", calls).subList(0, users).stream()
                .mapToLong(Reply::number)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Puts on the lists what has come to be so, and ends the intentions.
     *
     * @param belong of those in {@code joins}, who belongs or belonged there now
     */
    void settle(String token, Map<ConversationId, Set<UserId>> joins, Map<ConversationId, Set<UserId>> belong) {
        Map<UserId, List<ConversationId>> belongs = byUser(belong);
        List<Call> calls = new ArrayList<>();
        byUser(joins).forEach((user, intended) -> {
            List<ConversationId> own = belongs.getOrDefault(user, List.of());
            List<String> intentions =
                    intended.stream().map(id -> token + " " + id).toList();
            calls.add(settle(user, own, intentions));
        });
        server.calls("put conversations on lists", calls);
    }

    private Call settle(UserId user, List<ConversationId> belongs, List<String> intentions) {
        return Script.SETTLE.on(
                keys.user(user), Arguments.of(belongs.size()).addAll(belongs).addAll(intentions));
    }

    /** How many conversations each of the users has; users without any are left out. */
    Map<UserId, Integer> counts(Collection<UserId> users) {
        List<UserId> distinct = users.stream().distinct().toList();
        Map<UserId, Integer> counts = new HashMap<>();
        List<Reply> lists = lists(distinct, null, 0);
        for (int i = 0; i < distinct.size(); i++) {
            int count = (int) lists.get(i).at(0).number();
            if (count > 0) {
                counts.put(distinct.get(i), count);
            }
        }
        return counts;
    }

    /** Some of the user's conversations, in ascending order. */
    List<ConversationId> page(UserId user, @Nullable ConversationId after, int limit) {
        return ids(lists(List.of(user), after, limit).get(0));
    }

    List<ConversationId> all(UserId user) {
        return page(user, null, ALL);
    }

    private static List<ConversationId> ids(Reply list) {
        return list.at(2).texts().stream().map(ConversationId::parse).toList();
    }

    /** The lists as they are when what others left open is settled. */
    private List<Reply> lists(List<UserId> users, @Nullable ConversationId after, int limit) {
        List<Reply> lists = new ArrayList<>(ask(users, after, limit));
        List<UserId> open = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            if (lists.get(i).at(1).size() > 0
                    && settleOpen(users.get(i), lists.get(i).at(1))) {
                open.add(users.get(i));
            }
        }
        List<Reply> again = ask(open, after, limit);
        for (int i = 0; i < open.size(); i++) {
            lists.set(users.indexOf(open.get(i)), again.get(i));
        }
        return lists;
    }

    private List<Reply> ask(List<UserId> users, @Nullable ConversationId after, int limit) {
        String from = after == null ? "" : after.value();
        return server.calls(
                "read lists of conversations",
                users.stream()
                        .map(user -> Script.LIST.on(keys.user(user), Arguments.of(from, limit)))
                        .toList());
    }

    /** Looks up what became of intentions, and returns whether that changed the list. */
    private boolean settleOpen(UserId user, Reply intended) {
        Map<String, Long> ages = new LinkedHashMap<>();
        for (int i = 0; i < intended.size(); i += 2) {
            ages.put(intended.at(i).text(), intended.at(i + 1).number());
        }
        List<String> intentions = List.copyOf(ages.keySet());
        List<ConversationId> ids = intentions.stream()
                .map(intention -> ConversationId.parse(intention.substring(intention.indexOf(' ') + 1)))
                .toList();
        List<Reply> members = server.calls(
                "look up members",
                ids.stream()
                        .map(id -> Script.CHOSEN.on(keys.conversation(id), Arguments.of(user)))
                        .toList());
        List<ConversationId> belongs = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            boolean member = members.get(i).has(0);
            if (member) {
                belongs.add(ids.get(i));
            }
            if (member || ages.getOrDefault(intentions.get(i), 0L) > DROPPED_AFTER_MILLIS) {
                ended.add(intentions.get(i));
            }
        }
        if (!ended.isEmpty()) {
            server.call("settle a list of conversations", settle(user, belongs, ended));
        }
        return !belongs.isEmpty();
    }

    private static Set<UserId> union(Map<UserId, List<ConversationId>> one, Map<UserId, List<ConversationId>> other) {
        Set<UserId> users = new java.util.TreeSet<>(one.keySet());
        users.addAll(other.keySet());
        return users;
    }

    private static Map<UserId, List<ConversationId>> byUser(Map<ConversationId, Set<UserId>> byConversation) {
        Map<UserId, List<ConversationId>> byUser = new TreeMap<>();
        byConversation.forEach((id, users) -> users.forEach(
                user -> byUser.computeIfAbsent(user, u -> new ArrayList<>()).add(id)));
        return byUser;
    }
}
