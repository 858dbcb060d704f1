package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.append.Intake;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.Standing;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Requests to recall, edit and react to messages. What is asked here may change before the append; what must never happen
 * (that a recalled body comes back) the store refuses. Blocks.
 */
final class RevisionRequests {
    private final ImStore store;
    private final EngineRuntime runtime;
    private final EngineOptions options;
    private final AccessPolicy policy;
    private final Intake intake;
    private final Entries entries;

    RevisionRequests(ImStore store, EngineRuntime runtime, EngineOptions options, AccessPolicy policy, Intake intake) {
        this.store = store;
        this.runtime = runtime;
        this.options = options;
        this.policy = policy;
        this.intake = intake;
        this.entries = new Entries(store.log());
    }

    CompletionStage<Result> revise(ClientSession session, ClientFrame.Revise frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        Standing standing = Addresses.standing(session, conversation);
        if (!standing.member()) {
            throw forbidden("this user is no longer a member of " + conversation);
        }
        if (conversation.kind() == ConversationId.Kind.INBOX) {
            throw forbidden("what is in an inbox is changed with notify, by the status");
        }
        Message message = visible(conversation, standing, frame.seq());
        ClientMessageId id = frame.clientMessageId() == null ? null : ClientMessageId.of(frame.clientMessageId());
        Message done = id == null ? null : doneBefore(session, message, id);
        if (done != null) {
            return CompletableFuture.completedFuture(new Result.Revise(conversation, done.seq(), done.sentAt(), true));
        }
        if (!(frame.revision() instanceof Revision.Recall)) {
            requireMaySpeak(session, conversation, standing);
        }
        Content revision = content(message, frame.revision());
        requireMayRevise(session, message, revision);
        return intake.append(new Draft(conversation, session.user(), id, revision, null), session.context())
                .thenApply(outcome -> Appending.result(
                        outcome, (seq, at, duplicate) -> new Result.Revise(conversation, seq, at, duplicate)));
    }

    private Message visible(ConversationId conversation, Standing standing, long seq) {
        Message message = seq < standing.firstSeq() || seq > standing.visibleHead()
                ? null
                : entries.find(conversation, seq).orElse(null);
        if (message == null) {
            throw new InvalidRequestException(
                    Reason.NOT_FOUND,
                    "seq " + seq + " is not there; of " + standing.firstSeq() + " to " + standing.visibleHead()
                            + ", what was not deleted is");
        }
        return message;
    }

    /** A repeat of what is done gets its first answer, also when the time for doing it is over. */
    private @Nullable Message doneBefore(ClientSession session, Message message, ClientMessageId id) {
        return entries.find(message.conversation(), message.content().revisedBy())
                .filter(entry -> entry.sender().equals(session.user())
                        && entry.clientMessageId().equals(id))
                .orElse(null);
    }

    private static Content content(Message message, Revision revision) {
        if (revision instanceof Revision.Edit edit) {
            return Content.edit(
                    message.seq(), edit.body().toPayload(), message.content().ext(), Addresses.users(edit.mentions()));
        }
        return revision instanceof Revision.React react
                ? Reaction.content(message.seq(), react.emoji(), react.remove())
                : Content.recall(message.seq());
    }

    private void requireMayRevise(ClientSession session, Message message, Content revision) {
        if (!message.content().isRevisable()) {
            throw new InvalidRequestException(
                    Reason.CONFLICT,
                    "seq " + message.seq() + " is of kind " + message.content().kind()
                            + "; messages that were not recalled can be recalled, edited and reacted to");
        }
        boolean author = message.sender().equals(session.user());
        switch (revision.kind()) {
            case Content.RECALL -> {
                if (!(author && isYoung(message, options.recallLimit())) && !looksAfter(session, message)) {
                    throw forbidden("a message may be recalled by its author within " + seconds(options.recallLimit())
                            + ", and by owners and admins of its group");
                }
            }
            case Content.EDIT -> {
                if (!author || !isYoung(message, options.editLimit())) {
                    throw forbidden("a message may be edited by its author within " + seconds(options.editLimit()));
                }
            }
            default -> {
                // Who may see a message may react to it.
            }
        }
        if (!policy.mayRevise(session.context(), message, revision)) {
            throw forbidden("this user may not do this to this message");
        }
    }

    /** An edit and a reaction say something, as a message does. */
    private void requireMaySpeak(ClientSession session, ConversationId conversation, Standing standing) {
        SendRequests.requireNotMuted(conversation, standing.mutedUntil(), runtime.currentTimeMillis());
        if (conversation.kind() == ConversationId.Kind.DIRECT) {
            UserId peer = conversation.peerOf(session.user());
            if (!store.memberships().blocking(List.of(peer), session.user()).isEmpty()) {
                throw forbidden("this user may not send to " + conversation);
            }
        }
    }

    private boolean isYoung(Message message, Duration limit) {
        return runtime.currentTimeMillis() - message.sentAt() < limit.toMillis();
    }

    private boolean looksAfter(ClientSession session, Message message) {
        return message.conversation().kind() == ConversationId.Kind.GROUP
                && store.memberships().members(message.conversation(), List.of(session.user())).stream()
                        .anyMatch(member -> member.role() != Role.MEMBER);
    }

    private static String seconds(Duration limit) {
        return limit.toSeconds() + " s of sending it";
    }

    private static InvalidRequestException forbidden(String message) {
        return new InvalidRequestException(Reason.FORBIDDEN, message);
    }
}
