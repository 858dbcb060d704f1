/**
 * What travels over a connection, as values, and what a transport is to the engine. The names and meanings of the frames
 * are those of the wire protocol, version 1; codecs live with the transports.
 */
@NullMarked
package io.lastack.session;

import org.jspecify.annotations.NullMarked;
