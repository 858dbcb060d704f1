package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;

/**
 * What an application hears from its client. All calls are made one at a time, on the runtime's threads; while one runs,
 * the client does nothing else, so a call should take no longer than processing a message needs. A method that throws
 * is logged (by the exception's class only), and the client goes on; see {@link #message(Message)} for what it means there.
 */
public interface ClientListener {
    /**
     * A message, once each and in seq order within its conversation, those sent by this very client included. Returning
     * normally confirms it. Throwing refuses it: the server sends it again after a while.
     *
     * <p>Entries that recall, edit or react to an earlier message come here too, in their places:
     * {@link Message#revised} and {@link io.lastack.log.Reaction#emoji} tell what they mean.
     *
     * <p>What was shown but not confirmed when a client ended is shown again to the next one.
     */
    default void message(Message message) {}

    /**
     * The same, for applications that confirm later: override this one instead. Messages that follow are shown before
     * this one is confirmed, as many as the server's window lets through; one that is refused afterwards is shown again
     * out of order.
     */
    default void message(Message message, Confirmation confirmation) {
        message(message);
        confirmation.acked();
    }

    /** These messages will not come (retention, or the host's catch-up limit); they count as had. */
    default void skipped(ConversationId conversation, SeqRange range, String reason) {}

    /** A message of the outbox is in the log; also for those queued by an earlier run. */
    default void sent(ClientMessageId id, Sent sent) {}

    /** A message of the outbox was refused for good, and is dropped; also for those queued by an earlier run. */
    default void sendFailed(ClientMessageId id, RequestFailedException reason) {}

    /**
     * The server's data was lost or restored from a backup: seqs mean something else now, and the client has dropped its
     * positions. What the application stored under seqs of the old epoch should go too.
     */
    default void epochChanged(String before, String now) {}

    default void stateChanged(ConnectionState state) {}

    /** How far somebody has received and read; newest only. */
    default void receipt(ServerFrame.Receipt receipt) {}

    default void presence(ServerFrame.Presence presence) {}

    default void roomEvent(ServerFrame.RoomEvent event) {}

    default void signal(ServerFrame.Signal signal) {}

    default void membership(ServerFrame.Membership membership) {}

    /** The server complains about a frame that it could not tie to a request. */
    default void serverError(Status status) {}
}
