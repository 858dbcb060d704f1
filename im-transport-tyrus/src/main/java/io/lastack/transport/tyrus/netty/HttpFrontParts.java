package io.lastack.transport.tyrus.netty;

import java.util.function.BooleanSupplier;

/**
 * What all {@link HttpFront}s of a server share.
 *
 * @param routes answers plain requests
 * @param upgrader answers requests to upgrade
 * @param draining whether the server stops
 * @param acceptMillis see {@link ServerTimeouts#accept()}
 * @param closeMillis see {@link ServerTimeouts#close()}
 */
record HttpFrontParts(
        RouteRunner routes, Upgrader upgrader, BooleanSupplier draining, long acceptMillis, long closeMillis) {

    /** The answer to what comes while the server stops. */
    static final Admission.Refused GOING_AWAY = new Admission.Refused(503, "the server is going away", 1);
}
