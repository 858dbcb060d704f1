package io.lastack;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.append.Intake;
import io.lastack.internal.dispatch.HostAppends;
import io.lastack.internal.request.History;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.HostAppend;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogQuery;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The host's own way to send and read: trusted, so neither membership nor the access policy is asked. */
public final class Messages {
    private static final int PAGE_BYTES = 1 << 20;

    private final Intake intake;
    private final ImStore store;
    private final HostAppends hostAppends;

    Messages(Intake intake, ImStore store, HostAppends hostAppends) {
        this.intake = intake;
        this.store = store;
        this.hostAppends = hostAppends;
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
        return intake.append(draft).thenApply(outcome -> sent(draft.conversation(), outcome));
    }

    /** @throws InvalidRequestException if it was refused */
    static Sent sent(ConversationId conversation, AppendOutcome outcome) {
        if (outcome instanceof Appended done) {
            return new Sent(conversation, done.seq(), done.sentAt(), false);
        }
        if (outcome instanceof AlreadyAppended done) {
            return new Sent(conversation, done.seq(), done.sentAt(), true);
        }
        Refused refused = (Refused) outcome;
        throw new InvalidRequestException(refused.reason(), refused.message());
    }

    /**
     * Recalls a message or notification, whoever sent it and whenever: nothing of its content stays in the store. See
     * {@link #send} for the outcome; refused with {@code NOT_FOUND} or {@code CONFLICT} if there is nothing to recall.
     *
     * @param by who is said to have recalled it
     */
    public CompletionStage<Sent> recall(UserId by, ConversationId conversation, long seq) {
        return send(Draft.of(by, conversation, Content.recall(seq)));
    }

    /**
     * Edits a message or notification. See {@link #send} for the outcome; refused with {@code NOT_FOUND} or {@code CONFLICT}
     * if there is nothing to edit, or it was recalled.
     *
     * @param by who is said to have edited it
     * @param content whose payload, {@code ext} and mentions the message has from now on
     */
    public CompletionStage<Sent> edit(UserId by, ConversationId conversation, long seq, Content content) {
        return send(
                Draft.of(by, conversation, Content.edit(seq, content.payload(), content.ext(), content.mentions())));
    }

    /**
     * Reacts to a message. Nothing comes of it if there is none at that seq, or it was recalled.
     *
     * @param emoji 1 to 64 bytes of UTF-8
     * @param remove whether the reaction is taken back
     */
    public CompletionStage<Sent> react(UserId by, ConversationId conversation, long seq, String emoji, boolean remove) {
        return send(Draft.of(by, conversation, Reaction.content(seq, emoji, remove)));
    }

    /** The current reactions to the messages of a range, in order of the messages; at most {@code limit}. Blocks. */
    public List<Reaction> reactions(ConversationId conversation, SeqRange range, int limit) {
        atLeast("limit", limit, 1);
        return store.log().reactions(conversation, range, limit);
    }

    /**
     * Delivers what a store appended in a transaction of the host's, now that the host has committed it. Without this call
     * that happens all the same, at the latest after {@link io.lastack.spi.EngineOptions#repairInterval}; but listeners
     * hear of such messages only by this call.
     *
     * @return completes on an engine thread when everybody connected here was offered the messages; exceptionally with an
     *     {@link IllegalStateException} if they are not committed, with a {@link io.lastack.error.StoreException} if the
     *     store could not tell (nothing is lost by that)
     */
    public CompletionStage<Void> committed(HostAppend append) {
        return hostAppends.committed(append);
    }

    /** The messages of a range, in order, as many as fit into 1 MiB (at least one). Blocks. */
    public List<Message> read(ConversationId conversation, SeqRange range) {
        return store.log()
                .read(List.of(new LogQuery(conversation, range, PAGE_BYTES)))
                .get(0)
                .messages();
    }

    /**
     * Some of a conversation.
     *
     * @param messages in ascending order of seq
     * @param more whether there is more in the direction in which was read
     */
    public record Page(List<Message> messages, boolean more) {
        public Page {
            messages = List.copyOf(messages);
        }
    }

    /**
     * The oldest messages above a seq: {@code limit} at the most, and no more than fit into 1 MiB (at least one). Blocks.
     *
     * @param after 0 for the beginning
     * @param limit 1 or more
     * @throws InvalidRequestException if one of them is less
     */
    public Page after(ConversationId conversation, long after, int limit) {
        atLeast("after", after, 0);
        atLeast("limit", limit, 1);
        long head = lastSeq(conversation);
        List<Message> messages = new History(store.log(), PAGE_BYTES)
                .oldest(conversation, after + 1, head, limit)
                .messages();
        return new Page(
                messages,
                !messages.isEmpty() && messages.get(messages.size() - 1).seq() < head);
    }

    /**
     * The newest messages below a seq, on the terms of {@link #after}.
     *
     * @param before {@link Long#MAX_VALUE} for the end
     * @param limit 1 or more
     * @throws InvalidRequestException if one of them is less
     */
    public Page before(ConversationId conversation, long before, int limit) {
        atLeast("before", before, 1);
        atLeast("limit", limit, 1);
        long last = Math.min(lastSeq(conversation), before - 1);
        History.Slice slice =
                new History(store.log(), PAGE_BYTES).newest(conversation, Math.max(1, last - limit + 1), last);
        return new Page(
                slice.messages(),
                !slice.messages().isEmpty() && slice.messages().get(0).seq() > slice.begins());
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new InvalidRequestException(name + " is " + value + "; " + least + " or more is allowed");
        }
    }

    /** The highest seq of a conversation; 0 if it does not exist. Blocks. */
    public long lastSeq(ConversationId conversation) {
        return store.log().heads(List.of(conversation)).getOrDefault(conversation, 0L);
    }
}
