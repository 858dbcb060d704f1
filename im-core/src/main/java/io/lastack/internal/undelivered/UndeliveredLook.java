package io.lastack.internal.undelivered;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.receipt.MemberState;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.UndeliveredListener;
import io.lastack.spi.UndeliveredListener.Undelivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through one conversation: takes up what is old enough by moving the mark over it, and tells of the members whom it
 * has not reached. A few statements, whatever the number of messages and members. Blocks.
 */
public final class UndeliveredLook {
    private static final Logger log = LoggerFactory.getLogger(UndeliveredLook.class);

    /** Nothing above the mark. */
    static final long NOTHING_LEFT = -1;

    private static final int MAX_MESSAGES = 1_000;
    private static final int MAX_BYTES = 4 << 20;

    /** What is older was there before anybody asked, or lay there through a long outage: no news any more. */
    private static final long STALE_MILLIS = Duration.ofDays(1).toMillis();

    private final ImStore store;
    private final DeliveryMarks marks;
    private final UndeliveredListener listener;

    public UndeliveredLook(ImStore store, DeliveryMarks marks, UndeliveredListener listener) {
        this.store = store;
        this.marks = marks;
        this.listener = listener;
    }

    /**
     * @param sentBefore what was sent at or before this time is old enough, in milliseconds since the epoch
     * @return how long to wait until the next message is old enough, in milliseconds; {@link #NOTHING_LEFT} if there is none
     */
    long through(ConversationId conversation, long sentBefore) {
        long mark = marks.through(conversation);
        LogPage page = read(conversation, mark + 1);
        List<Message> found = page.messages();
        int ripe = ripe(found, sentBefore);
        long through = ripe == 0
                ? Math.max(mark, page.trimmedThrough())
                : found.get(ripe - 1).seq();
        if (through > mark && marks.advance(conversation, mark, through)) {
            tell(
                    conversation,
                    found.subList(0, ripe).stream()
                            .filter(m -> m.content().countsAsUnread() && sentBefore - m.sentAt() <= STALE_MILLIS)
                            .toList());
        }
        if (ripe < found.size()) {
            return found.get(ripe).sentAt() - sentBefore;
        }
        return through > mark ? 0 : NOTHING_LEFT;
    }

    private static int ripe(List<Message> messages, long sentBefore) {
        int count = 0;
        while (count < messages.size() && messages.get(count).sentAt() <= sentBefore) {
            count++;
        }
        return count;
    }

    private LogPage read(ConversationId conversation, long first) {
        SeqRange range = new SeqRange(first, first + MAX_MESSAGES - 1);
        return store.log()
                .read(List.of(new LogQuery(conversation, range, MAX_BYTES)))
                .get(0);
    }

    private void tell(ConversationId conversation, List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        long last = messages.get(messages.size() - 1).seq();
        List<MemberState> members = store.memberships().entitled(conversation, last).stream()
                .filter(member -> !member.hasReceived(last))
                .toList();
        if (members.isEmpty()) {
            return;
        }
        UnreadCounts unread = unread(conversation);
        List<Undelivered> undelivered = new ArrayList<>();
        for (MemberState member : members) {
            List<Message> missed = messages.stream()
                    .filter(m -> member.entitledTo(m.seq()) && !member.hasReceived(m.seq()))
                    .filter(m -> !m.sender().equals(member.user()))
                    .toList();
            if (!missed.isEmpty()) {
                undelivered.add(new Undelivered(
                        member.user(),
                        conversation,
                        missed.get(0).seq(),
                        missed.get(missed.size() - 1).seq(),
                        unread.of(member)));
            }
        }
        if (!undelivered.isEmpty()) {
            try {
                listener.undelivered(List.copyOf(undelivered));
            } catch (RuntimeException e) {
                log.error("a listener for undelivered messages failed", e);
            }
        }
    }

    private UnreadCounts unread(ConversationId conversation) {
        long head = store.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
        long first = Math.max(1, head - MAX_MESSAGES + 1);
        return new UnreadCounts(first, head, read(conversation, first).messages());
    }
}
