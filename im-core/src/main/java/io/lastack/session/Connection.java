package io.lastack.session;

import java.util.List;

/**
 * One client's connection, as the engine sees it. The engine calls {@link #write} from any thread, but never again before
 * the callback of the previous write. No method blocks.
 */
public interface Connection {
    /** The encoder of this connection's codec. */
    FrameEncoder encoder();

    /**
     * Sends the frames as one packet.
     *
     * @param done called exactly once, on any thread (also before this method returns): with true when the packet has
     *     been handed to the network and the next may follow, with false when the connection is gone
     */
    void write(List<EncodedFrame> packet, WriteCallback done);

    /** Asks the peer for a sign of life; whatever comes back is reported by {@link Session#activity}. */
    void ping();

    /**
     * Closes in good order: what was given to {@link #write} goes first, then the reason. Must come to an end by itself
     * even if the peer does not answer.
     */
    void close(CloseReason reason);

    /** Ends the connection at once and frees all it holds, whatever is in flight. */
    void kill();

    /** Where the peer is, for logs and limits. */
    String remoteAddress();

    /** What carries it, in a word, for lists and logs: {@code websocket}, {@code sse}, {@code memory}. */
    default String transport() {
        return "other";
    }

    /** See {@link #write}. */
    @FunctionalInterface
    interface WriteCallback {
        void written(boolean ok);
    }
}
