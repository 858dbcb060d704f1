package io.lastack.client;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;

/** Where a client stands. */
public sealed interface ConnectionState {
    /** @param attempt 1 for the first since the client was last online for a while */
    record Connecting(int attempt) implements ConnectionState {}

    /** @param sessionId the server's name for this connection */
    record Online(String sessionId, UserId user, DeviceId deviceId) implements ConnectionState {}

    /**
     * The next attempt comes by itself.
     *
     * @param until when, in milliseconds since the epoch
     * @param reason why the last link ended, or could not be opened
     */
    record Waiting(long until, CloseReason reason) implements ConnectionState {}

    /** No attempt comes until {@link ImClient#start}: not started, replaced, refused, or closed. */
    record Stopped(CloseReason reason) implements ConnectionState {}
}
