package io.lastack;

import io.lastack.internal.request.ReceiptQueries;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.receipt.Receipts;
import java.util.Map;

/** Who has read and received what. */
public final class ReceiptView {
    private final ReceiptQueries queries;

    ReceiptView(ReceiptQueries queries) {
        this.queries = queries;
    }

    /**
     * Who has read the message, who has not, and whom it has reached, among those entitled to it, without its sender.
     * Blocks. What devices confirmed within the last flush interval may not be counted yet.
     *
     * @throws io.lastack.error.InvalidRequestException if there is no such message, or no more
     */
    public Receipts readers(ConversationId conversation, long seq) {
        return queries.of(conversation, seq);
    }

    /**
     * How many messages of a conversation each current member still needs: those after what the furthest of its devices
     * confirmed. Members who need none are left out. Blocks; two statements. What was confirmed within the last flush
     * interval may not be counted yet.
     *
     * @return empty for a conversation that does not exist
     */
    public Map<UserId, Long> lag(ConversationId conversation) {
        return queries.lag(conversation);
    }
}
