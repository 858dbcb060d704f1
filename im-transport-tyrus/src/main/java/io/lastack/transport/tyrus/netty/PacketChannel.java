package io.lastack.transport.tyrus.netty;

import jakarta.websocket.Session;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The short way through this server: whole messages go out, and on request come in, without the engine's framing and
 * decoding. What goes out keeps its order with what the engine writes (pings, pongs, the close frame). Safe for use by any
 * number of threads.
 *
 * <p>Not to be mixed with the partial sends of {@code RemoteEndpoint}: between their parts no other message may stand.
 */
public interface PacketChannel {

    /** Key of the channel in the user properties of a session. */
    String PROPERTY = "io.lastack.transport.tyrus.packetChannel";

    /** The channel of a session, or nothing if another container carries the session. */
    static Optional<PacketChannel> of(Session session) {
        return Optional.ofNullable((PacketChannel) session.getUserProperties().get(PROPERTY));
    }

    /**
     * From now on messages come to the receiver and not to the session's message handlers. To be called in
     * {@code onOpen}, before the first message.
     */
    void receive(Receiver receiver);

    /**
     * Writes one WebSocket message that consists of the parts, one after the other.
     *
     * <p>What does not fit under the bound of {@link ServerLimits#queuedBytes()} fails, and closes the connection with
     * 4413.
     *
     * @param text true for a text message (the bytes must be UTF-8), false for a binary one
     * @param parts the payload; neither copied nor changed, so to be left unchanged, and free to be shared
     * @param done called exactly once: on an I/O thread when the operating system has taken the bytes, or with the
     *     failure, then possibly before this method returns
     */
    void write(boolean text, List<byte[]> parts, Completion done);

    /** Bytes accepted and not yet taken by the operating system. */
    long pendingBytes();

    /**
     * Resets the connection at once: what was queued is dropped, the peer sees an abort, the endpoint a close with 1006.
     * Has no effect on a connection that is closed.
     *
     * @param reason for the log
     */
    void kill(String reason);

    /** The address of the client; see {@link Opening#client()}. */
    InetSocketAddress client();

    /** Told when a message is out. */
    @FunctionalInterface
    interface Completion {

        /** The message is written, or it failed. Must not block. */
        void written(@Nullable Throwable failure);
    }

    /** Takes what comes in. Called on the connection's I/O thread, so by one thread at a time; must not block. */
    interface Receiver {

        /**
         * A whole message.
         *
         * @param text whether it is a text message; that the bytes are UTF-8 is not checked yet
         * @param payload readable during the call only
         */
        void message(boolean text, ByteBuffer payload);

        /** Bytes came, of whatever kind. */
        void activity();
    }
}
