package io.lastack.session;

import java.util.List;

/**
 * The engine's end of one connection: what a transport tells it. {@link #received} and {@link #malformed} are called in
 * the order of arrival, by one thread at a time; the others by any.
 */
public interface Session {
    /** A packet's frames, in order. Does not block. */
    void received(List<ClientFrame> frames);

    /** The peer sent what no codec can read; the engine closes the connection with this reason. */
    void malformed(CloseReason reason);

    /** Any bytes came from the peer. Cheap. */
    void activity();

    /** The connection is gone, for whatever reason. Further calls are ignored. */
    void closed(CloseReason reason);
}
