package io.lastack.transport.tyrus;

import io.lastack.session.Handshake;
import java.util.List;

/**
 * What an endpoint knows of the handshake.
 *
 * @param handshake who the client says it is
 * @param offered the subprotocols that the client offered
 */
record Opened(Handshake handshake, List<String> offered) {}
