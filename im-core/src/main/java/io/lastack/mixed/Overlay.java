package io.lastack.mixed;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Place;
import io.lastack.spi.Standing;
import io.lastack.spi.Subscription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log's store tells, with the positions of the other one in it. A stored position may be above what the log has only
 * where the log is older than it was; it is never shown so.
 */
final class Overlay {
    private Overlay() {}

    /** A floor as it is shown: never below the first message that may be seen, nor above the last that there is. */
    private static long floor(long stored, long firstSeq, long visibleHead) {
        return Math.max(firstSeq - 1, Math.min(stored, visibleHead));
    }

    static Subscription subscription(Subscription s, UserId user, DeviceId device, Map<Place, Standing> standings) {
        Standing own = standings.getOrDefault(new Place(s.conversation(), user), Standing.NONE);
        UserId peer = peer(s.conversation(), user);
        Standing others =
                peer == null ? Standing.NONE : standings.getOrDefault(new Place(s.conversation(), peer), Standing.NONE);
        return new Subscription(
                s.conversation(),
                s.name(),
                s.role(),
                s.head(),
                s.firstSeq(),
                s.lastSeq(),
                floor(own.ack(device), s.firstSeq(), s.visibleHead()),
                Math.min(own.lastRead(), s.visibleHead()),
                s.unread(),
                s.mentions(),
                Math.min(others.highestAck(), s.head()),
                Math.min(others.lastRead(), s.head()),
                s.mutedUntil(),
                s.settings());
    }

    /** The other user of a direct conversation; null in others. */
    static @Nullable UserId peer(ConversationId conversation, UserId user) {
        return conversation.kind() == ConversationId.Kind.DIRECT ? conversation.peerOf(user) : null;
    }

    static List<MemberState> states(List<MemberState> members, Map<UserId, Standing> standings, long seq) {
        return members.stream()
                .map(member -> state(member, standings.getOrDefault(member.user(), Standing.NONE), seq))
                .toList();
    }

    private static MemberState state(MemberState m, Standing standing, long seq) {
        return new MemberState(
                m.user(),
                m.firstSeq(),
                m.lastSeq(),
                floor(standing.highestAck(), m.firstSeq(), m.lastSeq()),
                standing.ackedAt(seq),
                Math.min(standing.lastRead(), m.lastSeq()),
                standing.readAt());
    }
}
