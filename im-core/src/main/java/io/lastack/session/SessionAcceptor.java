package io.lastack.session;

/** Where transports bring their connections: the engine. */
@FunctionalInterface
public interface SessionAcceptor {
    /** Takes a connection that is open and may be written to. Does not block. */
    Session accept(Connection connection, Handshake handshake);
}
