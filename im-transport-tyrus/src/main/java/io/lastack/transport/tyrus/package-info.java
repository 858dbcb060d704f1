/** The portable Jakarta WebSocket endpoint, the Tyrus server, the Java client connector and the JWT authenticator. */
@NullMarked
package io.lastack.transport.tyrus;

import org.jspecify.annotations.NullMarked;
