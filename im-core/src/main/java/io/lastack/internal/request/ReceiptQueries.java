package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.receipt.MemberState;
import io.lastack.receipt.Receipts;
import io.lastack.session.Result;
import io.lastack.spi.Audience;
import io.lastack.spi.ImStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Who has read and received a message. Blocks. */
public final class ReceiptQueries {
    private final ImStore store;

    public ReceiptQueries(ImStore store) {
        this.store = store;
    }

    /** @throws InvalidRequestException with NOT_FOUND if there is no such message, or no more */
    public Receipts of(ConversationId conversation, long seq) {
        return of(conversation, seq, member -> true);
    }

    private Receipts of(ConversationId conversation, long seq, Predicate<UserId> visible) {
        if (seq < 1) {
            throw new InvalidRequestException("seq is " + seq + "; 1 or more is allowed");
        }
        Audience audience = store.audience(conversation, seq);
        UserId sender = audience.sender();
        if (sender == null) {
            throw new InvalidRequestException(Reason.NOT_FOUND, absent(conversation, seq, audience.trimmedThrough()));
        }
        List<MemberState> members = audience.members().stream()
                .filter(member -> visible.test(member.user()))
                .toList();
        return Receipts.of(seq, sender, members);
    }

    /** How many messages each member needs who needs any. */
    public Map<UserId, Long> lag(ConversationId conversation) {
        long head = store.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
        Map<UserId, Long> lags = new TreeMap<>();
        for (MemberState member : store.memberships().entitled(conversation, head + 1)) {
            long lag = head - Math.max(member.lastAck(), member.firstSeq() - 1);
            if (lag > 0) {
                lags.put(member.user(), lag);
            }
        }
        return lags;
    }

    private static String absent(ConversationId conversation, long seq, long trimmedThrough) {
        return seq <= trimmedThrough
                ? "seq " + seq + " of " + conversation + " was deleted, as was everything up to " + trimmedThrough
                : conversation + " has no message with seq " + seq;
    }

    /** @param visible whom the asker may learn of */
    Result.Receipts receipts(ConversationId conversation, long seq, boolean countsOnly, Predicate<UserId> visible) {
        Receipts receipts = of(conversation, seq, visible);
        List<Result.Reader> readers = receipts.readBy().stream()
                .map(mark -> new Result.Reader(mark.user(), mark.at()))
                .toList();
        List<Result.Reader> holders = receipts.deliveredTo().stream()
                .map(mark -> new Result.Reader(mark.user(), mark.at()))
                .toList();
        return new Result.Receipts(
                conversation,
                seq,
                countsOnly ? List.of() : readers,
                countsOnly ? List.of() : receipts.unreadBy(),
                countsOnly ? List.of() : holders,
                receipts.readCount(),
                receipts.unreadCount(),
                receipts.deliveredCount());
    }
}
