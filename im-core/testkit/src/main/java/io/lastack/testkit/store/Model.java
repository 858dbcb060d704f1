package io.lastack.testkit.store;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Member;
import io.lastack.spi.Subscription;
import io.lastack.testkit.store.ModelLog.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a store must answer, worked out anew from the whole history at every question: slow, and plain enough to be
 * checked by reading. For one thread.
 */
final class Model {
    private final Map<ConversationId, ModelLog> logs = new TreeMap<>();
    private final Map<CursorKey, AckAdvance> acks = new HashMap<>();
    private final List<ReadAdvance> reads = new ArrayList<>();
    private final Set<List<Object>> devices = new HashSet<>();

    AppendOutcome append(Draft draft, long sentAt) {
        ModelLog log = logs.computeIfAbsent(draft.conversation(), ModelLog::new);
        Optional<Message> first = log.first(draft);
        if (first.isPresent()) {
            return new AppendOutcome.AlreadyAppended(
                    first.get().seq(), first.get().sentAt());
        }
        return log.refusal(draft)
                .<AppendOutcome>map(reason -> new AppendOutcome.Refused(reason, "model"))
                .orElseGet(() -> new AppendOutcome.Appended(log.append(draft, sentAt), sentAt));
    }

    List<Message> read(LogQuery query) {
        List<Message> page = new ArrayList<>();
        long bytes = 0;
        for (Message message : log(query.conversation()).messages()) {
            if (query.range().contains(message.seq()) && bytes < query.maxBytes()) {
                page.add(message);
                bytes += message.content().payload().size();
            }
        }
        return page;
    }

    long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
        ModelLog log = log(conversation);
        log.trim(through, sentBefore, atMost);
        return log.trimmedThrough();
    }

    long trimmedThrough(ConversationId conversation) {
        return log(conversation).trimmedThrough();
    }

    Map<ConversationId, Long> heads() {
        Map<ConversationId, Long> heads = new HashMap<>();
        logs.forEach((id, log) -> {
            if (log.exists()) {
                heads.put(id, log.head());
            }
        });
        return heads;
    }

    Optional<ConversationInfo> find(ConversationId conversation) {
        return log(conversation).info();
    }

    List<Member> members(ConversationId conversation) {
        return log(conversation).places().stream()
                .filter(Place::current)
                .map(place -> new Member(place.user(), place.role(), place.joinedSeq(), place.mutedUntil()))
                .toList();
    }

    List<Subscription> subscriptions(UserId user, DeviceId device) {
        return logs.keySet().stream()
                .flatMap(id -> place(id, user).map(place -> subscription(id, place, device)).stream())
                .toList();
    }

    List<UserId> owners(ConversationId conversation) {
        return log(conversation).owners();
    }

    /** Whom a user has blocked, in ascending order. */
    List<UserId> blocked(UserId by) {
        Set<UserId> blocked = new TreeSet<>();
        log(ConversationId.inbox(by)).changes().forEach(change -> {
            if (change instanceof Change.Block block && block.blocked()) {
                blocked.add(block.user());
            } else if (change instanceof Change.Block block) {
                blocked.remove(block.user());
            }
        });
        return List.copyOf(blocked);
    }

    private ConversationSettings settings(UserId user, ConversationId id) {
        return log(ConversationId.inbox(user))
                .changes()
                .filter(c -> c instanceof Change.SetConversation set && set.of().equals(id))
                .map(c -> ((Change.SetConversation) c).settings())
                .reduce(ConversationSettings.NONE, (older, newer) -> newer);
    }

    List<MemberState> entitled(ConversationId conversation, long seq) {
        return log(conversation).places().stream()
                .map(place -> new MemberState(
                        place.user(),
                        place.firstSeq(),
                        place.lastSeq(),
                        highestAck(conversation, place),
                        ackedAt(conversation, place.user(), seq),
                        lastRead(conversation, place.user()),
                        readAt(conversation, place.user())))
                .filter(state -> state.firstSeq() <= seq && seq <= state.lastSeq())
                .toList();
    }

    boolean register(UserId user, DeviceId device, DeviceStart start) {
        if (!devices.add(List.of(user, device))) {
            return false;
        }
        logs.forEach((id, log) -> place(id, user).ifPresent(place -> {
            long position = switch (start) {
                case FIRST_UNACKNOWLEDGED -> highestStored(id, user);
                case FIRST_VISIBLE -> 0;
                case HEAD -> visibleHead(id, place);
            };
            AckAdvance begun = new AckAdvance(new CursorKey(id, user, device), position);
            acks.merge(begun.key(), begun, (old, other) -> other.seq() > old.seq() ? other : old);
        }));
        return true;
    }

    AdvanceOutcome advance(AckAdvance advance) {
        CursorKey key = advance.key();
        Optional<Place> place = place(key.conversation(), key.user());
        if (place.isEmpty() || advance.seq() > visibleHead(key.conversation(), place.get())) {
            return AdvanceOutcome.REFUSED;
        }
        if (advance.seq() <= lastAck(key.conversation(), place.get(), key.device())) {
            return AdvanceOutcome.UNCHANGED;
        }
        acks.put(key, advance);
        return AdvanceOutcome.ADVANCED;
    }

    AdvanceOutcome advance(ReadAdvance advance) {
        Optional<Place> place = place(advance.conversation(), advance.user());
        if (place.isEmpty() || advance.seq() > visibleHead(advance.conversation(), place.get())) {
            return AdvanceOutcome.REFUSED;
        }
        if (advance.seq() <= lastRead(advance.conversation(), advance.user())) {
            return AdvanceOutcome.UNCHANGED;
        }
        reads.add(advance);
        return AdvanceOutcome.ADVANCED;
    }

    private Subscription subscription(ConversationId id, Place place, DeviceId device) {
        Optional<Place> peer =
                id.kind() == ConversationId.Kind.DIRECT ? place(id, id.peerOf(place.user())) : Optional.empty();
        return new Subscription(
                id,
                log(id).name(),
                place.role(),
                log(id).head(),
                place.firstSeq(),
                place.lastSeq(),
                lastAck(id, place, device),
                lastRead(id, place.user()),
                unread(id, place),
                mentions(id, place),
                peer.map(p -> highestAck(id, p)).orElse(0L),
                peer.map(p -> lastRead(id, p.user())).orElse(0L),
                place.mutedUntil(),
                settings(place.user(), id));
    }

    List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return log(conversation).reactions().stream()
                .filter(reaction -> targets.contains(reaction.target()))
                .limit(limit)
                .toList();
    }

    private long unread(ConversationId id, Place place) {
        return unreadMessages(id, place).count();
    }

    private long mentions(ConversationId id, Place place) {
        return unreadMessages(id, place)
                .filter(m -> m.content().mentions().contains(place.user()))
                .count();
    }

    private Stream<Message> unreadMessages(ConversationId id, Place place) {
        return log(id).messages().stream()
                .filter(m -> m.seq() > lastRead(id, place.user()))
                .filter(m -> m.seq() >= place.firstSeq() && m.seq() <= place.lastSeq())
                .filter(m -> m.content().countsAsUnread() && !m.sender().equals(place.user()));
    }

    private long lastAck(ConversationId id, Place place, DeviceId device) {
        AckAdvance stored = acks.get(new CursorKey(id, place.user(), device));
        return Math.max(place.firstSeq() - 1, stored == null ? 0 : stored.seq());
    }

    private long highestAck(ConversationId id, Place place) {
        return Math.max(place.firstSeq() - 1, highestStored(id, place.user()));
    }

    private long highestStored(ConversationId id, UserId user) {
        return acks(id, user).mapToLong(AckAdvance::seq).max().orElse(0);
    }

    private long ackedAt(ConversationId id, UserId user, long seq) {
        return acks(id, user)
                .filter(ack -> ack.seq() >= seq && ack.at() > 0)
                .mapToLong(AckAdvance::at)
                .min()
                .orElse(0);
    }

    private Stream<AckAdvance> acks(ConversationId id, UserId user) {
        return acks.values().stream()
                .filter(ack ->
                        ack.key().conversation().equals(id) && ack.key().user().equals(user));
    }

    private long lastRead(ConversationId id, UserId user) {
        return lastMove(id, user).map(ReadAdvance::seq).orElse(0L);
    }

    private long readAt(ConversationId id, UserId user) {
        return lastMove(id, user).map(ReadAdvance::at).orElse(0L);
    }

    private Optional<ReadAdvance> lastMove(ConversationId id, UserId user) {
        return reads.stream()
                .filter(r -> r.conversation().equals(id) && r.user().equals(user))
                .reduce((older, newer) -> newer);
    }

    private long visibleHead(ConversationId id, Place place) {
        return Math.min(log(id).head(), place.lastSeq());
    }

    private Optional<Place> place(ConversationId id, UserId user) {
        return log(id).places().stream().filter(p -> p.user().equals(user)).findFirst();
    }

    private ModelLog log(ConversationId id) {
        ModelLog known = logs.get(id);
        return known == null ? new ModelLog(id) : known;
    }
}
