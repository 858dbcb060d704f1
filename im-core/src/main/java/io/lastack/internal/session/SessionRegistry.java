package io.lastack.internal.session;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.MembershipEvents;
import io.lastack.internal.fanout.Watcher;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of this node: all of them, and the authenticated ones by user. At most one for each device. Thread-safe. */
public final class SessionRegistry implements MembershipEvents {
    /** By id, so that the order of going through them depends on nothing but the ids. */
    private final ConcurrentHashMap<String, ClientSession> all = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<UserId, List<ClientSession>> byUser = new ConcurrentHashMap<>();
    private final ConversationIndex index;
    private final Cluster cluster;

    public SessionRegistry(ConversationIndex index, Cluster cluster) {
        this.index = index;
        this.cluster = cluster;
    }

    void opened(ClientSession session) {
        all.put(session.id(), session);
    }

    /** Makes a session the one of its device. @return the session that had the device before, or null */
    @Nullable
    ClientSession authenticated(ClientSession session) {
        List<ClientSession> replaced = new ArrayList<>(1);
        byUser.compute(session.user(), (user, sessions) -> {
            if (sessions == null) {
                cluster.listen(user.value());
            }
            List<ClientSession> now = new ArrayList<>(sessions == null ? List.of() : sessions);
            now.removeIf(other -> other.device().equals(session.device()) && replaced.add(other));
            now.add(session);
            return List.copyOf(now);
        });
        return replaced.isEmpty() ? null : replaced.get(0);
    }

    void closed(ClientSession session) {
        all.remove(session.id());
        if (session.isAuthenticated()) {
            byUser.computeIfPresent(session.user(), (user, sessions) -> {
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

    public List<ClientSession> of(UserId user) {
        return byUser.getOrDefault(user, List.of());
    }

    public Collection<ClientSession> all() {
        return List.copyOf(all.values());
    }

    public int size() {
        return all.size();
    }

    public Set<UserId> usersOnline() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(byUser.keySet()));
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
