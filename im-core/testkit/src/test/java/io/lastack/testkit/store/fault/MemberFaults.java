package io.lastack.testkit.store.fault;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Memberships and cursors with one fault each. */
final class MemberFaults {
    private MemberFaults() {}

    /** An ack cursor stands where it was put last. */
    static final class MovesCursorsBack extends FaultyMembers {
        private final Map<CursorKey, Long> last = new ConcurrentHashMap<>();

        @Override
        public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
            List<AdvanceOutcome> outcomes = new ArrayList<>(super.advanceAcks(advances));
            for (int i = 0; i < advances.size(); i++) {
                if (outcomes.get(i) != AdvanceOutcome.REFUSED) {
                    last.put(advances.get(i).key(), advances.get(i).seq());
                }
            }
            return outcomes;
        }

        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            Long put = last.get(new CursorKey(s.conversation(), user, device));
            return put == null ? s : with(s, put, s.unread());
        }
    }

    /** An ack of who was removed makes it a member again, as an upsert of its row would. */
    static final class BringsARemovedMemberBack extends FaultyMembers {
        private final Set<List<Object>> back = ConcurrentHashMap.newKeySet();

        @Override
        public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
            advances.forEach(
                    a -> back.add(List.of(a.key().conversation(), a.key().user())));
            return super.advanceAcks(advances);
        }

        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            return s.lastSeq() == Long.MAX_VALUE || !back.contains(List.of(s.conversation(), user))
                    ? s
                    : new Subscription(
                            s.conversation(),
                            s.name(),
                            s.role(),
                            s.head(),
                            s.firstSeq(),
                            Long.MAX_VALUE,
                            s.lastAck(),
                            s.lastRead(),
                            s.unread(),
                            s.mentions(),
                            s.peerAck(),
                            s.peerRead(),
                            s.mutedUntil(),
                            s.settings());
        }
    }

    /** An ack above the head is taken. */
    static final class TakesAcksAboveTheHead extends FaultyMembers {
        @Override
        public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
            return super.advanceAcks(advances).stream()
                    .map(o -> o == AdvanceOutcome.REFUSED ? AdvanceOutcome.ADVANCED : o)
                    .toList();
        }
    }

    /** Who left is no longer told as entitled to what came before. */
    static final class ForgetsWhoLeft extends FaultyMembers {
        @Override
        public List<MemberState> entitled(ConversationId conversation, long seq) {
            return super.entitled(conversation, seq).stream()
                    .filter(state -> state.lastSeq() == Long.MAX_VALUE)
                    .toList();
        }
    }

    /** When a device confirmed something is not kept. */
    static final class ForgetsTimesOfDelivery extends FaultyMembers {
        @Override
        public List<MemberState> entitled(ConversationId conversation, long seq) {
            return super.entitled(conversation, seq).stream()
                    .map(s -> new MemberState(
                            s.user(), s.firstSeq(), s.lastSeq(), s.lastAck(), 0, s.lastRead(), s.readAt()))
                    .toList();
        }
    }

    /** Everything above the read cursor is unread. */
    static final class CountsEverythingAsUnread extends FaultyMembers {
        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            return with(s, s.lastAck(), s.visibleHead() - s.lastRead());
        }
    }

    /** Only where a user is a member now counts: who leaves one conversation and joins another belongs to as many. */
    static final class CountsOnlyWhatIsCurrent extends FaultyMembers {
        @Override
        public Map<UserId, Integer> conversationCounts(Collection<UserId> users) {
            Map<UserId, Integer> counts = new HashMap<>(super.conversationCounts(users));
            counts.replaceAll((user, count) -> (int) conversations(user).stream()
                    .filter(id ->
                            !sound.memberships().members(id, List.of(user)).isEmpty())
                    .count());
            return counts;
        }
    }

    /** Every device is new every time. */
    static final class KnowsNoDevice extends FaultyMembers {
        @Override
        public boolean register(UserId user, DeviceId device, DeviceStart start) {
            super.register(user, device, start);
            return true;
        }
    }

    /** Whoever blocks somebody blocks everybody. */
    static final class BlocksEverybody extends FaultyMembers {
        @Override
        public Set<UserId> blocking(Collection<UserId> users, UserId blocked) {
            return users.stream()
                    .filter(user -> !blocked(user, null, 1).isEmpty())
                    .collect(Collectors.toSet());
        }
    }

    /** Settings are those of the user's last look at any conversation. */
    static final class MixesSettingsUp extends FaultyMembers {
        private final Map<UserId, ConversationSettings> last = new ConcurrentHashMap<>();

        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            if (!s.settings().equals(ConversationSettings.NONE)) {
                last.put(user, s.settings());
            }
            return new Subscription(
                    s.conversation(),
                    s.name(),
                    s.role(),
                    s.head(),
                    s.firstSeq(),
                    s.lastSeq(),
                    s.lastAck(),
                    s.lastRead(),
                    s.unread(),
                    s.mentions(),
                    s.peerAck(),
                    s.peerRead(),
                    s.mutedUntil(),
                    last.getOrDefault(user, s.settings()));
        }
    }

    /** A mute is not told of. */
    static final class ForgetsMutes extends FaultyMembers {
        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            return new Subscription(
                    s.conversation(),
                    s.name(),
                    s.role(),
                    s.head(),
                    s.firstSeq(),
                    s.lastSeq(),
                    s.lastAck(),
                    s.lastRead(),
                    s.unread(),
                    s.mentions(),
                    s.peerAck(),
                    s.peerRead(),
                    0,
                    s.settings());
        }
    }
}
