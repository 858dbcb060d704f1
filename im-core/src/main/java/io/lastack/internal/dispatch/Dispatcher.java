package io.lastack.internal.dispatch;

import io.lastack.internal.append.AppendListener;
import io.lastack.internal.append.PendingDraft;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.MembershipEvents;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.own.BlockCache;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.spi.MessageListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a commit: tells the waiters, offers the messages to the sessions that watch, and lets each session write once for
 * the whole batch.
 */
public final class Dispatcher implements AppendListener {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final ConversationIndex index;
    private final MembershipEvents memberships;
    private final BlockCache blocks;
    private final List<MessageListener> listeners;
    private final AppendSignals signals;

    public Dispatcher(
            ConversationIndex index,
            MembershipEvents memberships,
            BlockCache blocks,
            List<MessageListener> listeners,
            Cluster cluster) {
        this.signals = new AppendSignals(cluster);
        this.index = index;
        this.memberships = memberships;
        this.blocks = blocks;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void committed(List<PendingDraft> drafts, List<AppendOutcome> outcomes, Executor later) {
        Touched touched = new Touched();
        List<Message> messages = new ArrayList<>(drafts.size());
        AppendSignals.Batch elsewhere = signals.batch();
        for (int i = 0; i < drafts.size(); i++) {
            dispatch(drafts.get(i), outcomes.get(i), touched, messages, elsewhere);
        }
        touched.flushAll(later);
        elsewhere.send();
        if (!messages.isEmpty()) {
            tellListeners(messages);
        }
    }

    private void dispatch(
            PendingDraft pending,
            AppendOutcome outcome,
            Touched touched,
            List<Message> messages,
            AppendSignals.Batch elsewhere) {
        Draft draft = pending.draft();
        if (outcome instanceof Appended appended) {
            beginIfFirst(draft.conversation(), appended.seq());
            tellWaiter(pending, outcome, touched);
            Message message = draft.at(appended.seq(), appended.sentAt());
            messages.add(message);
            index.publish(message, touched);
            announceChange(draft);
            elsewhere.add(draft, message.seq(), message);
        } else if (outcome instanceof AlreadyAppended already) {
            // The first append may have been committed by a call whose answer was lost: then nobody was told of it yet.
            beginIfFirst(draft.conversation(), already.seq());
            tellWaiter(pending, outcome, touched);
            index.mention(draft.conversation(), already.seq());
            announceChange(draft);
            elsewhere.add(draft, already.seq(), null);
        } else {
            tellWaiter(pending, outcome, touched);
        }
    }

    /** The reply comes before the message is offered, so that for the sending device it stands in its place. */
    private static void tellWaiter(PendingDraft pending, AppendOutcome outcome, Touched touched) {
        try {
            pending.waiter().appended(outcome, touched);
        } catch (RuntimeException e) {
            log.error("a sender could not be told of its append", e);
        }
    }

    private void beginIfFirst(ConversationId conversation, long seq) {
        if (seq == 1 && conversation.kind() != ConversationId.Kind.GROUP) {
            memberships.began(conversation);
        }
    }

    private void announceChange(Draft draft) {
        Change change = draft.change();
        if (change == null) {
            return;
        }
        ConversationId conversation = draft.conversation();
        if (change instanceof Change.CreateGroup create) {
            memberships.changed(conversation, create.members());
            memberships.changed(conversation, List.of(draft.sender()));
        } else if (change instanceof Change.AddMembers add) {
            memberships.changed(conversation, add.users());
        } else if (change instanceof Change.RemoveMembers remove) {
            memberships.changed(conversation, remove.users());
        } else if (change instanceof Change.SetRole role) {
            memberships.changed(conversation, List.of(role.user()));
        } else if (change instanceof Change.TransferOwnership transfer) {
            memberships.changed(conversation, List.of(transfer.from(), transfer.to()));
        } else if (change instanceof Change.MuteMember mute) {
            memberships.changed(conversation, List.of(mute.user()));
        } else if (change instanceof Change.Block block) {
            blocks.changed(draft.sender(), block.user());
        } else if (change instanceof Change.Dissolve) {
            memberships.changedForAll(conversation);
        }
    }

    private void tellListeners(List<Message> messages) {
        for (MessageListener listener : listeners) {
            try {
                listener.appended(messages);
            } catch (RuntimeException e) {
                log.error("a message listener failed", e);
            }
        }
    }
}
