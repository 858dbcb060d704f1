package io.lastack.internal.undelivered;

import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many messages members have not read, from the newest messages of the log, for any number of members. */
final class UnreadCounts {
    private final long first;
    private final long head;

    /** At i: how many of the messages from {@code first + i} on count as unread. */
    private final int[] counting;

    private final Map<UserId, int[]> own = new HashMap<>();

    /** @param newest what could be read of the messages from {@code first} to {@code head} */
    UnreadCounts(long first, long head, List<Message> newest) {
        this.first = first;
        this.head = head;
        int size = (int) (head - first + 1);
        boolean[] counts = new boolean[size];
        java.util.Arrays.fill(counts, true);
        Map<Integer, UserId> senders = new HashMap<>();
        for (Message message : newest) {
            int at = (int) (message.seq() - first);
            if (at >= 0 && at < size) {
                counts[at] = message.content().countsAsUnread();
                senders.put(at, message.sender());
            }
        }
        this.counting = suffixes(counts);
        senders.values().stream().distinct().forEach(sender -> {
            boolean[] mine = new boolean[size];
            senders.forEach((at, by) -> mine[at] = counts[at] && by.equals(sender));
            own.put(sender, suffixes(mine));
        });
    }

    private static int[] suffixes(boolean[] counts) {
        int[] sums = new int[counts.length + 1];
        for (int i = counts.length - 1; i >= 0; i--) {
            sums[i] = sums[i + 1] + (counts[i] ? 1 : 0);
        }
        return sums;
    }

    long of(MemberState member) {
        long end = Math.min(head, member.lastSeq());
        long from = Math.max(member.firstSeq(), member.lastRead() + 1);
        if (from > end) {
            return 0;
        }
        long before = Math.max(0, Math.min(end, first - 1) - from + 1);
        int start = (int) (Math.max(from, first) - first);
        int stop = (int) (Math.max(end, first - 1) - first + 1);
        int[] mine = own.get(member.user());
        int within = counting[start] - counting[stop] - (mine == null ? 0 : mine[start] - mine[stop]);
        return before + Math.max(0, within);
    }
}
