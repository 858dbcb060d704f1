package io.lastack.receipt;

import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of one message: who has read it, who has not, and whom it has reached. Everybody entitled to the message
 * but its sender is in exactly one of {@code readBy} and {@code unreadBy}; {@code deliveredTo} holds all of the first
 * and some of the second.
 *
 * @param seq the message
 * @param readBy who has read it, with the time
 * @param unreadBy who may see it and has not read it
 * @param deliveredTo who has it on a device, readers included, with the time
 */
public record Receipts(long seq, List<ReadMark> readBy, List<UserId> unreadBy, List<DeliveredMark> deliveredTo) {
    /**
     * @throws IllegalArgumentException if {@code seq} is below 1, if somebody is listed twice, or if
     *     {@code deliveredTo} misses a reader or holds somebody who is not entitled
     */
    public Receipts {
        if (seq < 1) {
            throw new IllegalArgumentException("seq " + seq + " is not allowed; 1 or more is");
        }
        readBy = List.copyOf(readBy);
        unreadBy = List.copyOf(unreadBy);
        deliveredTo = List.copyOf(deliveredTo);
        requireConsistent(readBy, unreadBy, deliveredTo);
    }

    /**
     * Computes the receipts of one message. O(n) for n members. Lists are in the order of {@code members}.
     *
     * @param seq the message, 1 and more
     * @param sender who sent it, and is left out
     * @param members everybody who is or was a member, each once, as asked for {@code seq}; who is not entitled to the message
     *     is left out
     * @throws IllegalArgumentException if {@code seq} is below 1, or an entitled member comes twice
     */
    public static Receipts of(long seq, UserId sender, Collection<MemberState> members) {
        List<ReadMark> readBy = new ArrayList<>();
        List<UserId> unreadBy = new ArrayList<>();
        List<DeliveredMark> deliveredTo = new ArrayList<>();
        for (MemberState member : members) {
            if (!member.entitledTo(seq) || member.user().equals(sender)) {
                continue;
            }
            if (member.hasRead(seq)) {
                readBy.add(new ReadMark(member.user(), member.readAt()));
            } else {
                unreadBy.add(member.user());
            }
            if (member.hasReceived(seq)) {
                deliveredTo.add(new DeliveredMark(member.user(), member.receivedAt(seq)));
            }
        }
        return new Receipts(seq, readBy, unreadBy, deliveredTo);
    }

    /** How many have read it. */
    public int readCount() {
        return readBy.size();
    }

    /** How many may see it and have not read it. */
    public int unreadCount() {
        return unreadBy.size();
    }

    /** How many have it on a device. */
    public int deliveredCount() {
        return deliveredTo.size();
    }

    /** How many it was meant for: those entitled to it without its sender. */
    public int recipientCount() {
        return readBy.size() + unreadBy.size();
    }

    private static void requireConsistent(
            List<ReadMark> readBy, List<UserId> unreadBy, List<DeliveredMark> deliveredTo) {
        Set<UserId> recipients = new HashSet<>();
        readBy.forEach(mark -> requireNew(recipients, mark.user()));
        unreadBy.forEach(user -> requireNew(recipients, user));
        Set<UserId> delivered = new HashSet<>();
        deliveredTo.forEach(mark -> requireNew(delivered, mark.user()));
        for (ReadMark mark : readBy) {
            if (!delivered.contains(mark.user())) {
                throw new IllegalArgumentException(
                        "deliveredTo misses the reader " + mark.user() + "; it holds every reader");
            }
        }
        for (UserId user : delivered) {
            if (!recipients.contains(user)) {
                throw new IllegalArgumentException(
                        "deliveredTo holds " + user + ", who is in neither readBy nor unreadBy");
            }
        }
    }

    private static void requireNew(Set<UserId> users, UserId user) {
        if (!users.add(user)) {
            throw new IllegalArgumentException("user " + user + " is listed twice; once is allowed");
        }
    }
}
