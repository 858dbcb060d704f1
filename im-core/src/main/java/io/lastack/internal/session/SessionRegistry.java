package io.lastack.internal.session;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.collection.StripedMap;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.MembershipEvents;
import io.lastack.internal.fanout.Watcher;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.spi.DevicesPerUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The sessions of this node: all of them, and the authenticated ones by user. At most one for each device. Thread-safe. */
public final class SessionRegistry implements MembershipEvents {
    /** What peers may make up is no key: the figures stay bounded. */
    private static final Set<Integer> KNOWN_CODES = Set.of(
            CloseReason.NORMAL,
            CloseReason.GOING_AWAY,
            CloseReason.PROTOCOL_ERROR,
            CloseReason.WRONG_KIND,
            1006,
            CloseReason.BAD_UTF8,
            CloseReason.POLICY,
            CloseReason.TOO_LARGE,
            CloseReason.SERVER_ERROR,
            CloseReason.UNAUTHENTICATED,
            CloseReason.SILENT,
            CloseReason.REPLACED,
            CloseReason.TOO_SLOW,
            CloseReason.RATE_LIMITED);

    private static final int OTHER_CODE = 0;
    private static final String SAME_DEVICE = "the same device connected again";

    /** By id, so that the order of going through them depends on nothing but the ids. */
    private final ConcurrentHashMap<String, ClientSession> all = new ConcurrentHashMap<>();

    private final StripedMap<UserId, List<ClientSession>> byUser = new StripedMap<>();
    private final ConversationIndex index;
    private final Cluster cluster;
    private final AtomicLong opened = new AtomicLong();
    private final ConcurrentHashMap<Integer, LongAdder> ended = new ConcurrentHashMap<>();

    public SessionRegistry(ConversationIndex index, Cluster cluster) {
        this.index = index;
        this.cluster = cluster;
    }

    /** @return which connection of this node it is: the later ones have higher numbers */
    long opened(ClientSession session) {
        all.put(session.id(), session);
        return opened.incrementAndGet();
    }

    /** A session that has no place any more. */
    record Gone(ClientSession session, String reason) {}

    /**
     * Makes a session the one of its device, unless a later connection of the device, whose login did not take as long, is that
     * already.
     *
     * @return the sessions for which there is no place
     */
    List<Gone> authenticated(ClientSession session, DevicesPerUser rule) {
        List<Gone> gone = new ArrayList<>(1);
        byUser.of(session.user()).compute(session.user(), (user, sessions) -> {
            if (sessions == null) {
                cluster.listen(user.value());
            } else if (sessions.stream().anyMatch(other -> isLater(other, session))) {
                gone.add(new Gone(session, SAME_DEVICE));
                return sessions;
            }
            List<ClientSession> now = new ArrayList<>(sessions == null ? List.of() : sessions);
            now.removeIf(other -> other.device().equals(session.device()) && gone.add(new Gone(other, SAME_DEVICE)));
            now.add(session);
            removeOldest(now, session, rule, gone);
            return List.copyOf(now);
        });
        return gone;
    }

    private static boolean isLater(ClientSession other, ClientSession session) {
        return other.device().equals(session.device()) && other.number() > session.number();
    }

    private static void removeOldest(
            List<ClientSession> oldestFirst, ClientSession newest, DevicesPerUser rule, List<Gone> gone) {
        String kind = kindOf(newest, rule);
        List<ClientSession> same = oldestFirst.stream()
                .filter(other -> kindOf(other, rule).equals(kind))
                .toList();
        for (ClientSession old : same.subList(0, Math.max(0, same.size() - rule.most()))) {
            oldestFirst.remove(old);
            gone.add(new Gone(
                    old,
                    "device " + newest.device() + " of this user connected; at most " + rule.most()
                            + (rule.ofEachKind() ? " of a kind" : "") + " may be"));
        }
    }

    private static String kindOf(ClientSession session, DevicesPerUser rule) {
        return rule.kindOf(session.context().deviceKind(), session.device());
    }

    void closed(ClientSession session) {
        all.remove(session.id());
        if (session.isAuthenticated()) {
            byUser.of(session.user()).computeIfPresent(session.user(), (user, sessions) -> {
                List<ClientSession> left =
                        sessions.stream().filter(s -> s != session).toList();
                if (left.isEmpty()) {
                    cluster.ignore(user.value());
                    return null;
                }
                return left;
            });
        }
    }

    /** A session ended. */
    void ended(int code) {
        ended.computeIfAbsent(KNOWN_CODES.contains(code) ? code : OTHER_CODE, any -> new LongAdder())
                .increment();
    }

    /** Connections taken so far. */
    public long openedSoFar() {
        return opened.get();
    }

    /** Connections that ended so far, by close code; all that the protocol does not know under 0. */
    public Map<Integer, Long> endedSoFar() {
        Map<Integer, Long> byCode = new TreeMap<>();
        ended.forEach((code, count) -> byCode.put(code, count.sum()));
        return byCode;
    }

    public @Nullable ClientSession find(String id) {
        return all.get(id);
    }

    public List<ClientSession> of(UserId user) {
        return byUser.of(user).getOrDefault(user, List.of());
    }

    public Collection<ClientSession> all() {
        return List.copyOf(all.values());
    }

    public int size() {
        return all.size();
    }

    /** A copy. */
    public Set<UserId> usersOnline() {
        Set<UserId> online = new LinkedHashSet<>();
        byUser.forEachStripe(stripe -> online.addAll(stripe.keySet()));
        return online;
    }

    /** Those of one of {@value StripedMap#STRIPES} parts. Not a copy: whoever comes or goes meanwhile may be in it or not. */
    public Set<UserId> usersOnline(int stripe) {
        return Collections.unmodifiableSet(byUser.stripe(stripe).keySet());
    }

    @Override
    public void began(ConversationId conversation) {
        switch (conversation.kind()) {
            case DIRECT -> {
                of(conversation.first()).forEach(session -> session.conversationBegan(conversation));
                of(conversation.second()).forEach(session -> session.conversationBegan(conversation));
            }
            case INBOX -> of(conversation.owner()).forEach(session -> session.conversationBegan(conversation));
            case GROUP -> {}
        }
    }

    @Override
    public void changed(ConversationId conversation, Collection<UserId> users) {
        users.forEach(user -> of(user).forEach(session -> session.membershipChanged(conversation)));
    }

    @Override
    public void changedForAll(ConversationId conversation) {
        index.watchers(conversation).forEach(Watcher::membershipChanged);
    }
}
