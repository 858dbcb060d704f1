package io.lastack.transport.tyrus.netty;

import java.util.function.BooleanSupplier;

/**
 * What all {@link HttpFront}s of a server share.
 *
 * @param routes answers plain requests
 * @param upgrader answers requests to upgrade
 * @param streams answers requests for streams
 * @param count counts who comes through a proxy
 * @param draining whether the server stops
 * @param options those of the server
 */
record HttpFrontParts(
        RouteRunner routes,
        Upgrader upgrader,
        StreamFront streams,
        ConnectionCount count,
        BooleanSupplier draining,
        ServerOptions options) {

    long acceptMillis() {
        return options.timeouts().accept().toMillis();
    }

    long closeMillis() {
        return options.timeouts().close().toMillis();
    }

    /** The answer to what comes while the server stops. */
    static final Admission.Refused GOING_AWAY = new Admission.Refused(503, "the server is going away", 1);
}
