package io.lastack.session;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;

/**
 * A connection whose client is logged in, as it was when it was asked about.
 *
 * @param id unique among the sessions of all nodes, new at each connect
 * @param address the peer's, as the transport tells
 * @param client what the client called itself in hello; empty if it did not
 * @param connectedAt when the connection was opened, in milliseconds since the epoch
 * @param lastActivityAt when something last came from the client, a sign of life included, in milliseconds since the epoch
 * @param node the name of the engine that holds the connection
 * @param transport what carries it, such as {@code websocket}
 */
public record SessionInfo(
        String id,
        UserId user,
        DeviceId device,
        String address,
        String client,
        long connectedAt,
        long lastActivityAt,
        String node,
        String transport) {}
