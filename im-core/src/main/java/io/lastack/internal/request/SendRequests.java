package io.lastack.internal.request;

import io.lastack.error.ImException;
import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.append.Intake;
import io.lastack.internal.append.PendingDraft;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.Failures;
import io.lastack.internal.session.Standing;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.Status;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.EngineRuntime;
import java.util.concurrent.CompletionStage;

/** Requests that append to a log: messages and notifications. */
final class SendRequests {
    private final Intake intake;
    private final AccessPolicy policy;
    private final EngineRuntime runtime;
    private final StatusUpdates statuses;
    private final BlockGate gate;

    SendRequests(Intake intake, AccessPolicy policy, EngineRuntime runtime, StatusUpdates statuses, BlockGate gate) {
        this.intake = intake;
        this.policy = policy;
        this.runtime = runtime;
        this.statuses = statuses;
        this.gate = gate;
    }

    void send(ClientSession session, ClientFrame.Send frame) {
        session.messageReceived();
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        requireMaySend(session, conversation);
        Content content = new Content(
                Content.MESSAGE,
                frame.type().isEmpty() ? "text" : frame.type(),
                frame.body().toPayload(),
                frame.ext(),
                frame.replyTo(),
                Addresses.users(frame.mentions()),
                0);
        Draft draft =
                new Draft(conversation, session.user(), ClientMessageId.of(frame.clientMessageId()), content, null);
        Runnable submit = () -> submit(
                session,
                frame.requestId(),
                draft,
                (seq, at, duplicate) -> new Result.Send(conversation, seq, at, duplicate));
        if (conversation.kind() == ConversationId.Kind.DIRECT) {
            UserId peer = conversation.peerOf(session.user());
            gate.pass(session, frame.requestId(), peer, () -> mayNotSend(conversation), submit);
        } else {
            submit.run();
        }
    }

    void notify(ClientSession session, ClientFrame.Notify frame) {
        session.messageReceived();
        UserId receiver = UserId.of(frame.user());
        if (!policy.mayNotify(session.context(), receiver)) {
            throw mayNotNotify(receiver);
        }
        ConversationId inbox = ConversationId.inbox(receiver);
        String id = frame.clientMessageId();
        Draft draft = new Draft(
                inbox,
                session.user(),
                id == null ? null : ClientMessageId.of(id),
                StatusUpdates.notification(frame.type(), frame.status(), frame.remark(), frame.ext()),
                null);
        gate.pass(
                session,
                frame.requestId(),
                receiver,
                () -> mayNotNotify(receiver),
                () -> submit(
                        session,
                        frame.requestId(),
                        draft,
                        (seq, at, duplicate) -> new Result.Notify(inbox, seq, at, duplicate)));
    }

    private static InvalidRequestException mayNotNotify(UserId receiver) {
        return new InvalidRequestException(Reason.FORBIDDEN, "this user may not notify " + receiver);
    }

    static InvalidRequestException mayNotSend(ConversationId conversation) {
        return new InvalidRequestException(Reason.FORBIDDEN, "this user may not send to " + conversation);
    }

    /** Blocks. */
    CompletionStage<Result> updateStatus(ClientSession session, ClientFrame.Notify frame) {
        UserId receiver = UserId.of(frame.user());
        ConversationId inbox = ConversationId.inbox(receiver);
        Message notification = statuses.find(receiver, frame.seq());
        boolean own = receiver.equals(session.user()) || notification.sender().equals(session.user());
        if (!own) {
            throw StatusUpdates.notFound(inbox, frame.seq());
        }
        if (!frame.type().isEmpty()
                && !frame.type().equals(notification.content().type())) {
            throw new InvalidRequestException("the type of a notification does not change; leave it out with seq");
        }
        if (!policy.mayUpdateStatus(session.context(), notification, frame.status())) {
            throw new InvalidRequestException(Reason.FORBIDDEN, "this user may not give it this status");
        }
        UserId other = receiver.equals(session.user()) ? notification.sender() : receiver;
        gate.require(session, other, () -> mayNotNotify(other));
        String id = frame.clientMessageId();
        return statuses.update(
                        session.user(),
                        notification,
                        frame.status(),
                        frame.remark(),
                        frame.ext(),
                        id == null ? null : ClientMessageId.of(id),
                        session.context())
                .thenApply(outcome -> Appending.result(
                        outcome, (seq, at, duplicate) -> new Result.Notify(inbox, seq, at, duplicate)));
    }

    private void requireMaySend(ClientSession session, ConversationId conversation) {
        switch (conversation.kind()) {
            case DIRECT -> {
                if (!conversation.names(session.user())) {
                    throw Addresses.notFound(conversation);
                }
            }
            case GROUP -> {
                Standing standing = Addresses.standing(session, conversation);
                if (!standing.member()) {
                    throw new InvalidRequestException(
                            Reason.FORBIDDEN, "this user is no longer a member of " + conversation);
                }
                requireNotMuted(conversation, standing.mutedUntil(), runtime.currentTimeMillis());
            }
            case INBOX ->
                throw new InvalidRequestException(
                        Reason.FORBIDDEN, "an inbox takes notifications only; send one with notify");
        }
        if (!policy.maySend(session.context(), conversation)) {
            throw mayNotSend(conversation);
        }
    }

    static void requireNotMuted(ConversationId group, long until, long now) {
        long left = until - now;
        if (left <= 0) {
            return;
        }
        boolean forGood = until == Change.FOR_GOOD;
        throw new InvalidRequestException(
                Reason.FORBIDDEN,
                "this user is muted in " + group + (forGood ? ", for good" : " until " + until),
                forGood ? 0 : left);
    }

    private void submit(ClientSession session, long requestId, Draft draft, Appending.ResultOf<Result> result) {
        if (!session.replies().begin(requestId)) {
            return;
        }
        boolean replyDelivers = draft.content().kind().equals(Content.MESSAGE);
        if (replyDelivers) {
            session.replies().awaitAppend(draft);
        }
        try {
            intake.submit(draft, session.context(), new ReplyWaiter(session, requestId, draft, replyDelivers, result));
        } catch (RuntimeException e) {
            session.replies().end();
            session.replies().giveUpAppend(draft);
            throw e;
        }
    }

    /** @param replyDelivers whether the reply stands in the place of the message; a notification comes like anybody's */
    private record ReplyWaiter(
            ClientSession session,
            long requestId,
            Draft draft,
            boolean replyDelivers,
            Appending.ResultOf<Result> result)
            implements PendingDraft.Waiter {
        @Override
        public void appended(AppendOutcome outcome, Touched touched) {
            session.replies().end();
            if (outcome instanceof Appended done) {
                replyAppended(done.seq(), result.at(done.seq(), done.sentAt(), false));
            } else if (outcome instanceof AlreadyAppended done) {
                replyAppended(done.seq(), result.at(done.seq(), done.sentAt(), true));
            } else if (outcome instanceof Refused refused) {
                refuse(Status.of(refused.reason().code(), refused.message()));
            }
            touched.add(session);
        }

        private void replyAppended(long seq, Result good) {
            if (replyDelivers) {
                session.replies().appended(requestId, draft, seq, good);
            } else {
                session.replies().reply(requestId, Status.OK, good);
            }
        }

        private void refuse(Status status) {
            session.replies().reply(requestId, status, null);
            session.replies().giveUpAppend(draft);
        }

        @Override
        public void failed(ImException failure) {
            session.replies().end();
            refuse(Failures.status(failure));
            session.flush();
        }
    }
}
