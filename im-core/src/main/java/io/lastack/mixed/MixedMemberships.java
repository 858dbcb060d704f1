package io.lastack.mixed;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import io.lastack.spi.Memberships;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Standing;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The memberships of the log's store, with the positions of the other. */
final class MixedMemberships implements Memberships {
    private final Memberships log;
    private final PositionsElsewhere elsewhere;
    private final Positions positions;

    MixedMemberships(Memberships log, PositionsElsewhere elsewhere, Positions positions) {
        this.log = log;
        this.elsewhere = elsewhere;
        this.positions = positions;
    }

    /** Two round trips to the log's store, one to the other. */
    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, @Nullable ConversationId after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + " is not allowed; 1 or more is");
        }
        List<ConversationId> page = log.conversations(user).stream()
                .filter(conversation -> after == null || conversation.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .toList();
        return subscriptions(user, device, page).stream()
                .sorted(Comparator.comparing(Subscription::conversation))
                .toList();
    }

    /** One round trip to each of the two. */
    @Override
    public List<Subscription> subscriptions(UserId user, DeviceId device, Collection<ConversationId> conversations) {
        if (conversations.isEmpty()) {
            return List.of();
        }
        // Positions first: a head that is read later is not below them.
        Map<Place, Standing> standings = positions.standings(places(user, conversations));
        Map<ConversationId, Long> reads = new HashMap<>();
        for (ConversationId conversation : conversations) {
            reads.put(
                    conversation,
                    standings
                            .getOrDefault(new Place(conversation, user), Standing.NONE)
                            .lastRead());
        }
        return elsewhere.subscriptions(user, reads).stream()
                .map(subscription -> Overlay.subscription(subscription, user, device, standings))
                .toList();
    }

    private static List<Place> places(UserId user, Collection<ConversationId> conversations) {
        List<Place> places = new ArrayList<>();
        for (ConversationId conversation : conversations) {
            places.add(new Place(conversation, user));
            UserId peer = Overlay.peer(conversation, user);
            if (peer != null) {
                places.add(new Place(conversation, peer));
            }
        }
        return places;
    }

    /** One round trip to each of the two. */
    @Override
    public List<MemberState> entitled(ConversationId conversation, long seq) {
        List<MemberState> members = log.entitled(conversation, seq);
        return members.isEmpty() ? members : Overlay.states(members, positions.standings(conversation), seq);
    }

    @Override
    public Optional<ConversationInfo> find(ConversationId conversation) {
        return log.find(conversation);
    }

    @Override
    public List<Member> members(ConversationId conversation, @Nullable UserId after, int limit) {
        return log.members(conversation, after, limit);
    }

    @Override
    public List<Member> members(ConversationId conversation, Collection<UserId> users) {
        return log.members(conversation, users);
    }

    @Override
    public List<UserId> owners(ConversationId group, int limit) {
        return log.owners(group, limit);
    }

    @Override
    public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
        return log.conversationCounts(users);
    }

    @Override
    public Set<ConversationId> conversations(UserId user) {
        return log.conversations(user);
    }

    @Override
    public List<UserId> blocked(UserId by, @Nullable UserId after, int limit) {
        return log.blocked(by, after, limit);
    }

    @Override
    public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
        return log.blocking(users, blocked);
    }
}
