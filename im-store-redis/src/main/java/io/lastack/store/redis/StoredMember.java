package io.lastack.store.redis;

import io.lastack.log.Change.Role;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Member;
import io.lastack.spi.StoredCodes;
import java.util.List;

/**
 * Somebody who belongs or belonged to a conversation, as the scripts keep it in a text.
 *
 * @param floors of the devices that have one of their own
 * @param mutedUntil 0 where it was not asked for
 */
record StoredMember(
        UserId user,
        Role role,
        long joinedSeq,
        long firstSeq,
        long lastSeq,
        long lastRead,
        long readAt,
        List<Floor> floors,
        long mutedUntil) {
    static StoredMember parse(UserId user, String text) {
        String[] words = text.split(" ", -1);
        return new StoredMember(
                user,
                StoredCodes.role(Integer.parseInt(words[0])),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                lastSeq(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Floor.parse(words[6]),
                words.length > 7 ? Long.parseLong(words[7]) : 0);
    }

    static long lastSeq(String word) {
        return word.equals("-") ? MemberState.STILL_A_MEMBER : Long.parseLong(word);
    }

    boolean current() {
        return lastSeq == MemberState.STILL_A_MEMBER;
    }

    Member member() {
        return new Member(user, role, joinedSeq, mutedUntil);
    }

    List<DeviceId> devices() {
        return floors.stream().map(Floor::device).toList();
    }

    /** As asked for a seq. */
    MemberState state(long seq) {
        long lastAck = floors.stream().mapToLong(Floor::seq).reduce(firstSeq - 1, Math::max);
        long ackedAt = floors.stream()
                .filter(floor -> floor.seq() >= seq && floor.at() > 0)
                .mapToLong(Floor::at)
                .min()
                .orElse(0);
        return new MemberState(user, firstSeq, lastSeq, lastAck, ackedAt, lastRead, readAt);
    }
}
