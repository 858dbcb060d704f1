package io.lastack.memory;

import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.Place;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Subscription;
import io.lastack.spi.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The memberships of a {@link MemoryStore}, with its own positions or with those that somebody else keeps. */
final class MemoryMemberships implements Memberships, PositionsElsewhere {
    private final State state;

    MemoryMemberships(State state) {
        this.state = state;
    }

    @Override
    public Optional<ConversationInfo> find(ConversationId conversation) {
        synchronized (state) {
            return Optional.ofNullable(state.find(conversation)).map(Conversation::info);
        }
    }

    @Override
    public List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            Conversation found = state.find(conversation);
            return found == null
                    ? List.of()
                    : above(found.memberships(), after)
                            .filter(Membership::current)
                            .limit(limit)
                            .map(Membership::member)
                            .toList();
        }
    }

    @Override
    public List<Member> members(ConversationId conversation, Collection<UserId> users) {
        synchronized (state) {
            return users.stream()
                    .distinct()
                    .map(user -> state.find(conversation, user))
                    .filter(membership -> membership != null && membership.current())
                    .map(Membership::member)
                    .toList();
        }
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            return above(state.of(user), after)
                    .limit(limit)
                    .map(membership -> subscription(membership, device))
                    .toList();
        }
    }

    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        synchronized (state) {
            return conversations.stream()
                    .distinct()
                    .map(conversation -> state.find(conversation, user))
                    .filter(Objects::nonNull)
                    .map(membership -> subscription(membership, device))
                    .toList();
        }
    }

    @Override
    public Map<Place, Visible> visible(Collection<Place> places) {
        Map<Place, Visible> visible = new HashMap<>();
        synchronized (state) {
            for (Place place : places) {
                Membership membership = state.find(place.conversation(), place.user());
                if (membership != null) {
                    visible.put(place, membership.visible());
                }
            }
        }
        return visible;
    }

    @Override
    public List<Subscription> subscriptions(UserId user, Map<ConversationId, Long> reads) {
        List<Subscription> found = new ArrayList<>();
        synchronized (state) {
            reads.forEach((conversation, lastRead) -> {
                Membership membership = state.find(conversation, user);
                if (membership != null) {
                    found.add(subscription(membership, 0, lastRead, 0, 0));
                }
            });
        }
        return found;
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        Map<UserId, Integer> counts = new HashMap<>();
        synchronized (state) {
            for (UserId user : users) {
                int count = state.of(user).size();
                if (count > 0) {
                    counts.put(user, count);
                }
            }
        }
        return counts;
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        synchronized (state) {
            return Set.copyOf(state.of(user).keySet());
        }
    }

    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        synchronized (state) {
            Conversation found = state.find(conversation);
            return found == null
                    ? List.of()
                    : found.memberships().values().stream()
                            .map(membership -> membership.state(seq))
                            .filter(member -> member.entitledTo(seq))
                            .toList();
        }
    }

    @Override
    public List<UserId> owners(ConversationId group, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            Conversation found = state.find(group);
            return found == null
                    ? List.of()
                    : found.memberships().values().stream()
                            .filter(member -> member.current() && member.role() == Role.OWNER)
                            .limit(limit)
                            .map(Membership::user)
                            .toList();
        }
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        Bounds.atLeastOne("limit", limit);
        synchronized (state) {
            Own own = state.findOwn(by);
            if (own == null) {
                return List.of();
            }
            NavigableSet<UserId> page =
                    after == null ? own.blocked() : own.blocked().tailSet(after, false);
            return page.stream().limit(limit).toList();
        }
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        synchronized (state) {
            return users.stream()
                    .filter(user -> {
                        Own own = state.findOwn(user);
                        return own != null && own.blocked().contains(blocked);
                    })
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private Subscription subscription(Membership membership, DeviceId device) {
        ConversationId id = membership.conversation();
        Membership peer = id.kind() == ConversationId.Kind.DIRECT ? state.find(id, id.peerOf(membership.user())) : null;
        return subscription(
                membership,
                membership.ack(device),
                membership.lastRead(),
                peer == null ? 0 : peer.highestAck(),
                peer == null ? 0 : peer.lastRead());
    }

    private Subscription subscription(Membership membership, long lastAck, long lastRead, long peerAck, long peerRead) {
        ConversationId id = membership.conversation();
        Own own = state.findOwn(membership.user());
        return new Subscription(
                id,
                membership.in().name(),
                membership.role(),
                membership.in().entries().head(),
                membership.firstSeq(),
                membership.lastSeq(),
                lastAck,
                lastRead,
                membership.unread(lastRead),
                membership.mentions(lastRead),
                peerAck,
                peerRead,
                membership.mutedUntil(),
                own == null ? ConversationSettings.NONE : own.settings(id));
    }

    private static <K> Stream<Membership> above(NavigableMap<K, Membership> sorted, @Nullable K after) {
        return (after == null ? sorted : sorted.tailMap(after, false)).values().stream();
    }
}
