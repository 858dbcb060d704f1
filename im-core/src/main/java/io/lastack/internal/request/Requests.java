package io.lastack.internal.request;

import io.lastack.error.ImException;
import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.append.Intake;
import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.cursor.ReadMove;
import io.lastack.internal.cursor.Reading;
import io.lastack.internal.group.GroupService;
import io.lastack.internal.own.BlockCache;
import io.lastack.internal.own.OwnSettings;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.FrameHandler;
import io.lastack.internal.session.Standing;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.RoomAction;
import io.lastack.session.Status;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Every frame of an authenticated client finds its handler here, and every failure its status. */
public final class Requests implements FrameHandler {
    private final EngineRuntime runtime;
    private final Executor blocking;
    private final CursorJournal journal;
    private final BlockGate blockGate;
    private final SendRequests sends;
    private final RevisionRequests revisions;
    private final QueryRequests queries;
    private final GroupRequests groups;
    private final EphemeralRequests ephemeral;
    private final RateGate gate;
    private final PresenceRequests presence;
    private final RoomRequests rooms;
    private final OwnRequests own;

    public Requests(
            ImStore store,
            EngineRuntime runtime,
            Executor blocking,
            EngineOptions options,
            AccessPolicy policy,
            Intake intake,
            CursorJournal journal,
            GroupService groups,
            EphemeralRequests ephemeral,
            RateGate gate,
            PresenceRequests presence,
            RoomRequests rooms,
            OwnSettings settings,
            Reading reading,
            BlockCache blocks) {
        this.runtime = runtime;
        this.blocking = blocking;
        this.journal = journal;
        this.blockGate = new BlockGate(blocks, runtime);
        this.sends = new SendRequests(intake, policy, runtime, new StatusUpdates(intake, store.log()), blockGate);
        this.revisions = new RevisionRequests(store, runtime, options, policy, intake);
        this.queries = new QueryRequests(store, options, policy, journal);
        this.own = new OwnRequests(settings, reading);
        this.groups = new GroupRequests(groups);
        this.ephemeral = ephemeral;
        this.gate = gate;
        this.presence = presence;
        this.rooms = rooms;
    }

    @Override
    public void handle(ClientSession session, ClientFrame frame) {
        long requestId = frame instanceof ClientFrame.Request request ? request.requestId() : 0;
        try {
            if (gate.admits(session, frame)) {
                dispatch(session, frame);
            }
        } catch (RuntimeException e) {
            session.replies().fail(requestId, e);
        }
    }

    private void dispatch(ClientSession session, ClientFrame frame) {
        if (frame instanceof ClientFrame.Ack ack) {
            session.ack(ack);
        } else if (frame instanceof ClientFrame.Send send) {
            send(session, send);
        } else if (frame instanceof ClientFrame.Read read) {
            read(session, read);
        } else if (frame instanceof ClientFrame.Fetch fetch) {
            query(session, fetch, queries::fetch);
        } else if (frame instanceof ClientFrame.Conversations conversations) {
            query(session, conversations, queries::conversations);
        } else if (frame instanceof ClientFrame.Receipts receipts) {
            query(session, receipts, queries::receipts);
        } else if (frame instanceof ClientFrame.Blocked blocked) {
            query(session, blocked, queries::blocked);
        } else if (frame instanceof ClientFrame.Group group) {
            change(session, group, groups::handle);
        } else if (frame instanceof ClientFrame.Revise revise) {
            session.messageReceived();
            change(session, revise, revisions::revise);
        } else if (frame instanceof ClientFrame.Settings settings) {
            change(session, settings, own::show);
        } else if (frame instanceof ClientFrame.Block block) {
            change(session, block, own::block);
        } else if (frame instanceof ClientFrame.ReadAll all) {
            change(session, all, own::readAll);
        } else if (frame instanceof ClientFrame.Notify notify) {
            if (notify.seq() == 0) {
                sends.notify(session, notify);
            } else {
                session.messageReceived();
                change(session, notify, sends::updateStatus);
            }
        } else if (frame instanceof ClientFrame.Ping ping) {
            session.replies().reply(ping.requestId(), Status.OK, null);
        } else if (frame instanceof ClientFrame.Presence watch) {
            query(session, watch, presence::handle);
        } else if (frame instanceof ClientFrame.Room room) {
            room(session, room);
        } else if (frame instanceof ClientFrame.Signal signal) {
            signal(session, signal);
        } else {
            ephemeral.handle(session, frame);
        }
    }

    /** A membership that this connection has not heard of yet is looked up first; the next frame is looked at afterwards. */
    private void send(ClientSession session, ClientFrame.Send frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        if (conversation.kind() != ConversationId.Kind.GROUP || isKnownMember(session, conversation)) {
            sends.send(session, frame);
            return;
        }
        session.pauseInbound();
        blocking.execute(() -> {
            try {
                session.refreshMembership(conversation);
                sends.send(session, frame);
            } catch (RuntimeException e) {
                session.replies().fail(frame.requestId(), cause(e));
            }
            session.flush();
            session.resumeInbound();
        });
    }

    private void signal(ClientSession session, ClientFrame.Signal frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        Addresses.standing(session, conversation);
        if (conversation.kind() == ConversationId.Kind.DIRECT) {
            UserId peer = conversation.peerOf(session.user());
            Runnable tell = () -> ephemeral.handle(session, frame);
            blockGate.pass(session, 0, peer, () -> SendRequests.mayNotSend(conversation), tell);
        } else {
            ephemeral.handle(session, frame);
        }
    }

    private static boolean isKnownMember(ClientSession session, ConversationId conversation) {
        Standing standing = session.standing(conversation);
        return standing != null && standing.member();
    }

    private void read(ClientSession session, ClientFrame.Read frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        Standing standing = Addresses.standing(session, conversation);
        if (frame.seq() < 1 || frame.seq() > standing.visibleHead()) {
            throw new InvalidRequestException(
                    Reason.UNPROCESSABLE,
                    "read of seq " + frame.seq() + "; 1 to " + standing.visibleHead() + " are allowed");
        }
        if (frame.seq() <= standing.lastRead()) {
            session.replies().reply(frame.requestId(), Status.OK, null);
            return;
        }
        if (!session.replies().begin(frame.requestId())) {
            return;
        }
        session.readThrough(conversation, frame.seq());
        journal.read(
                        new ReadMove.Key(conversation, session.user()),
                        standing.lastRead(),
                        frame.seq(),
                        runtime.currentTimeMillis())
                .thenRun(() -> finish(session, frame.requestId(), null, null));
    }

    private <F extends ClientFrame.Request> void query(
            ClientSession session, F frame, BiFunction<ClientSession, F, Result> query) {
        if (!session.replies().begin(frame.requestId())) {
            return;
        }
        blocking.execute(() -> {
            if (session.replies().refusedForRoom(frame.requestId())) {
                session.flush();
                return;
            }
            Result result = null;
            RuntimeException failure = null;
            try {
                result = query.apply(session, frame);
            } catch (RuntimeException e) {
                failure = e;
            }
            finish(session, frame.requestId(), result, failure);
        });
    }

    /** A change is finished before the next frame is looked at: a send may rely on it, and one edit follows another. */
    private <F extends ClientFrame.Request> void change(
            ClientSession session, F frame, BiFunction<ClientSession, F, CompletionStage<Result>> change) {
        if (!session.replies().begin(frame.requestId())) {
            return;
        }
        session.pauseInbound();
        blocking.execute(() -> {
            try {
                change.apply(session, frame).whenComplete((result, failure) -> {
                    finish(session, frame.requestId(), result, failure);
                    session.resumeInbound();
                });
            } catch (RuntimeException e) {
                finish(session, frame.requestId(), null, e);
                session.resumeInbound();
            }
        });
    }

    /** Whoever joins a room and says something there at once is heard. */
    private void room(ClientSession session, ClientFrame.Room frame) {
        if (frame.action() instanceof RoomAction.Publish publish) {
            rooms.publish(session, frame.room(), publish);
            session.replies().reply(frame.requestId(), Status.OK, new Result.Room(frame.room(), 0));
            return;
        }
        if (!session.replies().begin(frame.requestId())) {
            return;
        }
        session.pauseInbound();
        blocking.execute(() -> {
            Result result = null;
            RuntimeException failure = null;
            try {
                result = rooms.handle(session, frame);
            } catch (RuntimeException e) {
                failure = e;
            }
            finish(session, frame.requestId(), result, failure);
            session.resumeInbound();
        });
    }

    private static void finish(
            ClientSession session, long requestId, @Nullable Result result, @Nullable Throwable failure) {
        session.replies().end();
        if (failure == null) {
            session.replies().reply(requestId, Status.OK, result);
        } else {
            session.replies().fail(requestId, cause(failure));
        }
        session.flush();
    }

    private static RuntimeException cause(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ImException known
                ? known
                : cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
