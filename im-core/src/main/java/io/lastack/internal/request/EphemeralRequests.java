package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.Ephemeral;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.fanout.Watcher;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.ConversationId;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Bus;
import io.lastack.spi.EngineOptions;
import org.jspecify.annotations.Nullable;

/** What is told to who is online, and not kept. */
public final class EphemeralRequests {
    private static final int MAX_EVENT = 64;

    private final ConversationIndex index;
    private final Cluster cluster;
    private final int maxBytes;

    public EphemeralRequests(ConversationIndex index, Cluster cluster, EngineOptions options) {
        this.index = index;
        this.cluster = cluster;
        this.maxBytes = Math.min(options.maxBodyBytes(), Bus.MAX_SIGNAL_BYTES / 2);
    }

    /** Begins to hear of what members send on other nodes. */
    public void listen() {
        cluster.on(Ephemeral.class, event -> {
            ServerFrame.Signal signal =
                    new ServerFrame.Signal(event.conversation(), event.event(), event.payload(), event.sender());
            push(signal, null);
        });
    }

    void handle(ClientSession session, ClientFrame frame) {
        if (frame instanceof ClientFrame.Signal signal) {
            signal(session, signal);
        } else {
            throw new InvalidRequestException(
                    Reason.UNPROCESSABLE, frame.getClass().getSimpleName() + " is not offered by this server");
        }
    }

    /** To all sessions that watch the conversation, but the one it came from. */
    private void signal(ClientSession session, ClientFrame.Signal frame) {
        ConversationId conversation = Addresses.conversation(session, frame.conversation());
        if (!Addresses.standing(session, conversation).member()) {
            throw new InvalidRequestException(Reason.FORBIDDEN, "this user is no longer a member of " + conversation);
        }
        if (frame.event().isEmpty() || frame.event().length() > MAX_EVENT) {
            throw new InvalidRequestException(
                    "event has " + frame.event().length() + " characters; 1 to " + MAX_EVENT + " are allowed");
        }
        if (frame.payload().toPayload().size() > maxBytes) {
            throw new InvalidRequestException(
                    Reason.TOO_LARGE, "the payload is too large; at most " + maxBytes + " bytes are allowed");
        }
        ServerFrame.Signal signal =
                new ServerFrame.Signal(conversation, frame.event(), frame.payload(), session.user());
        push(signal, session);
        cluster.tell(
                conversation.value(), new Ephemeral(conversation, signal.event(), signal.payload(), signal.sender()));
    }

    private void push(ServerFrame.Signal signal, Touched.@Nullable Flushable from) {
        Touched touched = new Touched();
        for (Watcher watcher : index.watchers(signal.conversation())) {
            watcher.signal(signal, from, touched);
        }
        touched.flushAll();
    }
}
