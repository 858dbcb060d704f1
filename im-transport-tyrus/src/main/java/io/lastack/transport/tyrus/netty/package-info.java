/**
 * A server container for the Tyrus engine over Netty: one port for plain HTTP routes and WebSocket upgrades.
 *
 * <p>Bytes come in through {@code AcceptGuard} and the HTTP codec to {@code HttpFront}, which answers routes and decides
 * on upgrades; after an upgrade, through {@code FrameInspector} (limits, masking) to the Tyrus engine and so to the
 * endpoint. Bytes go out through one {@code OutboundQueue} per connection, whoever wrote them.
 *
 * <p>Internal: other packages use it through {@code TyrusServer}.
 */
@NullMarked
package io.lastack.transport.tyrus.netty;

import org.jspecify.annotations.NullMarked;
