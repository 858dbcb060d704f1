package io.lastack;

import io.lastack.internal.cursor.Reading;
import io.lastack.internal.request.ReceiptQueries;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.receipt.Receipts;
import io.lastack.spi.EngineRuntime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who has read and received what. */
public final class ReceiptView {
    private final ReceiptQueries queries;
    private final Reading reading;
    private final EngineRuntime runtime;

    ReceiptView(ReceiptQueries queries, Reading reading, EngineRuntime runtime) {
        this.queries = queries;
        this.reading = reading;
        this.runtime = runtime;
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

    /**
     * The user has read a conversation up to a message. Its devices and the authors hear of it; reading what was read before
     * changes nothing.
     *
     * @param seq the newest message read; 0 for everything that the user may see now
     * @return completes once that is stored, with up to where the user has read; exceptionally with
     *     {@link io.lastack.error.InvalidRequestException} if it never belonged there or may not see that far, and with
     *     {@link io.lastack.error.StoreException} if the store does not tell
     */
    public CompletionStage<Long> read(UserId user, ConversationId conversation, long seq) {
        return CompletableFuture.supplyAsync(() -> reading.in(user, conversation, seq), runtime::execute)
                .thenCompose(read -> read);
    }

    /**
     * The user has read all its conversations, up to what it may see of them now.
     *
     * @return completes once that is stored, with how many conversations had something to read; exceptionally with
     *     {@link io.lastack.error.StoreException} if the store does not tell what there is
     */
    public CompletionStage<Integer> readAll(UserId user) {
        return CompletableFuture.supplyAsync(() -> reading.of(user), runtime::execute)
                .thenCompose(moved -> moved)
                .thenApply(Map::size);
    }
}
