package io.lastack.spi;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The append-only logs, one per conversation. */
public interface MessageLog {
    /**
     * The identity of the stored data: drawn when the data came into being, constant while no confirmed message was lost, and
     * different after the data was lost, so that devices with positions of the old data are told. A restored backup has the
     * identity of its original until it is renewed ({@link EpochRenewal}). Asked at every login: as it is now, also where
     * another process renewed it.
     */
    String epoch();

    /**
     * Appends the drafts, in order, in one durable commit.
     *
     * <p><b>Seqs.</b> Each conversation's messages get 1, 2, 3 … without a gap, in the order of the list, and become
     * visible in that order: whoever reads n+1 can read n. Allocation, duplicate check and insert are one operation.
     *
     * <p><b>Idempotence.</b> A draft whose (conversation, sender, client message id) is in the log (not deleted: {@link
     * LogRetention}), or occurs earlier in this list, is {@link AppendOutcome.AlreadyAppended}, with the first seq;
     * nothing is stored or changed for it. This is asked before existence: who repeats the creation or the dissolution of
     * a group gets its first answer. A refused draft leaves no trace, and may be appended later under the same id.
     *
     * <p><b>Existence.</b> A direct conversation or an inbox comes to be by its first append, with its two members (its
     * owner) entitled from seq 1. A group must have been created by a {@link io.lastack.log.Change.CreateGroup}; otherwise the
     * outcome is {@link AppendOutcome.Refused} with {@code NOT_FOUND}. Creating a group that exists is refused with
     * {@code CONFLICT}; a dissolved one refuses every draft with {@code CONFLICT}, for ever. Drafts count one after the other:
     * a message may follow the creation of its group in one list. Whether the sender is a member is not asked here; the
     * engine has asked.
     *
     * <p><b>Changes.</b> A draft's change takes effect in the same commit, at the draft's seq: a member added is
     * entitled from that seq on ({@link io.lastack.log.Change.History#ALL}: from seq 1), a member removed up to and including
     * it. No cursor moves, not even the sender's.
     *
     * <p><b>Revisions.</b> An entry of kind {@code recall} or {@code edit} changes the entry of the same conversation that it
     * names by {@code revises}, in the same commit: that takes the content which
     * {@link io.lastack.log.Content#revised} tells, and keeps its seq, sender, client message id and time. A recall also
     * blanks ({@link io.lastack.log.Content#erased}) all edits of that entry, so that its body is nowhere any more. Refused
     * with {@code NOT_FOUND} if there is no such entry (any more, or below this one), with {@code CONFLICT} if it is not of
     * kind {@code message} or {@code notification} (as what was recalled is not), or if a message that is blank is to be
     * edited: what was recalled or erased never comes back. Who may revise what is not asked here.
     *
     * <p><b>Atomicity.</b> All or nothing for the whole list; in a store whose conversations lie on several servers, for
     * the drafts of each conversation. On an exception with effect {@code NOT_APPLIED} nothing was stored; with
     * {@code UNKNOWN} the same list may be appended again, which is harmless, being idempotent, and completes what was
     * stored in part. When this returns normally, what it confirms survives the end of the process.
     *
     * <p><b>Locked conversations.</b> A store in which others can hold a conversation for long (a transaction of the host,
     * for one) waits for it a bounded time, and then fails retryably, {@code NOT_APPLIED}, with
     * {@link io.lastack.error.StoreException.Scope#CONVERSATION}: the engine then appends to each conversation by itself, so
     * that one does not hold up the others.
     *
     * @param drafts each with a client message id; not empty
     * @param sentAt the time to store, in milliseconds since the epoch
     * @return one outcome per draft, in the order of the list
     * @throws IllegalArgumentException if the list is empty
     * @throws NullPointerException if a draft has no client message id; nothing was stored
     */
    List<AppendOutcome> append(List<Draft> drafts, long sentAt);

    /**
     * Reads pages, in one round trip where the store can. Where that reads from a replica, what it does not show yet is read
     * again after a pause: latency, and no loss.
     *
     * @return one page per query, in the order of the list; an empty page for a conversation that does not exist
     */
    List<LogPage> read(List<LogQuery> queries);

    /**
     * The current reactions to the messages of a range, in ascending order of the message, then of the reaction's seq: of each
     * user and emoji the one that was said and not taken back since (by entries of kind {@code reaction}:
     * {@link io.lastack.log.Reaction}). An entry that names what is not in the log, or neither message nor notification,
     * counts for nothing. Recall and retention take the reactions with the message, erasure takes those of the user.
     *
     * @param limit at most so many, the first in that order; at least 1
     * @throws IllegalArgumentException if the limit is less
     */
    List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit);

    /**
     * How many calls of {@link #append} at once this log gains from; at least 1. The engine makes no more, but for one
     * beside each of them that tries what could not be appended with the others (see {@link #append}).
     */
    default int parallelAppends() {
        return 1;
    }

    /** The highest seq of each of the conversations; those that do not exist are left out. */
    Map<ConversationId, Long> heads(Collection<ConversationId> conversations);
}
