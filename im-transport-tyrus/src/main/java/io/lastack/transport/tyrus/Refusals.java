package io.lastack.transport.tyrus;

import io.lastack.session.CloseReason;

/** How a client hears of a server that refuses to connect: as of a connection that was closed with the same meaning. */
final class Refusals {

    private Refusals() {}

    static CloseReason ofStatus(int status) {
        int code = switch (status) {
            case 401 -> CloseReason.UNAUTHENTICATED;
            case 403 -> CloseReason.POLICY;
            case 413 -> CloseReason.TOO_LARGE;
            case 429 -> CloseReason.RATE_LIMITED;
            case 503 -> CloseReason.GOING_AWAY;
            default -> CloseReason.PROTOCOL_ERROR;
        };
        return new CloseReason(code, "the server refused the connection with " + status);
    }
}
