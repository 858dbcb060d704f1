package io.lastack;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.append.Intake;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The host's own way to send and read: trusted, so neither membership nor the access policy is asked. */
public final class Messages {
    private static final int PAGE_BYTES = 1 << 20;

    private final Intake intake;
    private final ImStore store;

    Messages(Intake intake, ImStore store) {
        this.intake = intake;
        this.store = store;
    }

    /**
     * The log has the message.
     *
     * @param duplicate whether it was there before, by an earlier send with the same client message id
     */
    public record Sent(ConversationId conversation, long seq, long sentAt, boolean duplicate) {}

    /**
     * Appends a message and delivers it. Completes after the store's commit, on an engine thread.
     *
     * @return completes exceptionally with {@link InvalidRequestException} if the draft is refused, with
     *     {@link io.lastack.error.StoreException} if the store failed (send it again with the same client message id)
     */
    public CompletionStage<Sent> send(Draft draft) {
        return intake.append(draft).thenApply(outcome -> {
            if (outcome instanceof Appended done) {
                return new Sent(draft.conversation(), done.seq(), done.sentAt(), false);
            }
            if (outcome instanceof AlreadyAppended done) {
                return new Sent(draft.conversation(), done.seq(), done.sentAt(), true);
            }
            Refused refused = (Refused) outcome;
            throw new InvalidRequestException(refused.reason(), refused.message());
        });
    }

    /** The messages of a range, in order, as many as fit into 1 MiB (at least one). Blocks. */
    public List<Message> read(ConversationId conversation, SeqRange range) {
        return store.log()
                .read(List.of(new LogQuery(conversation, range, PAGE_BYTES)))
                .get(0)
                .messages();
    }

    /** The highest seq of a conversation; 0 if it does not exist. Blocks. */
    public long lastSeq(ConversationId conversation) {
        return store.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
    }
}
