package io.lastack.internal.session;

/** Hears of sessions from their authentication to their end. Thread-safe. */
public interface SessionEvents {
    /** The session has its user and device and is in the registry. Called on a thread that may block. */
    void entered(ClientSession session);

    /** The session ended. May come more than once, and before {@link #entered} has returned. Must not block. */
    void left(ClientSession session);

    /** The user did something by this session. Called often; must not block. */
    default void active(ClientSession session) {}
}
