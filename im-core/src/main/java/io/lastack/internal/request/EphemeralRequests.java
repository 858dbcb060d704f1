package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.fanout.Watcher;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.ConversationId;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;

/** What is told to who is online, and not kept. */
public final class EphemeralRequests {
    private static final int MAX_EVENT = 64;

    private final ConversationIndex index;
    private final int maxBytes;

    public EphemeralRequests(ConversationIndex index, EngineOptions options) {
        this.index = index;
        this.maxBytes = options.maxBodyBytes();
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
        Touched touched = new Touched();
        for (Watcher watcher : index.watchers(conversation)) {
            watcher.signal(signal, session, touched);
        }
        touched.flushAll();
    }
}
