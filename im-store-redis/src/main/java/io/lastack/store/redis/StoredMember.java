package io.lastack.store.redis;

import io.lastack.log.Change.Role;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.spi.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who belongs or belonged to a conversation, as the scripts keep it in a text.
 *
 * @param devices those with a floor of their own
 * @param lastAck the highest floor of any device, never below {@code firstSeq - 1}
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
        List<DeviceId> devices,
        long lastAck,
        long mutedUntil) {
    static StoredMember parse(UserId user, String text) {
        String[] words = text.split(" ", -1);
        long firstSeq = Long.parseLong(words[2]);
        long lastAck = firstSeq - 1;
        List<DeviceId> devices = new ArrayList<>();
        for (String floor : words[6].split(";", -1)) {
            int equals = floor.indexOf('=');
            if (equals > 0) {
                devices.add(DeviceId.of(floor.substring(0, equals)));
                int end = floor.endsWith("*") ? floor.length() - 1 : floor.length();
                lastAck = Math.max(lastAck, Long.parseLong(floor.substring(equals + 1, end)));
            }
        }
        return new StoredMember(
                user,
                Codes.role(Integer.parseInt(words[0])),
                Long.parseLong(words[1]),
                firstSeq,
                lastSeq(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                devices,
                lastAck,
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

    MemberState state() {
        return new MemberState(user, firstSeq, lastSeq, lastAck, lastRead, readAt);
    }
}
