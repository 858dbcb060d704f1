/**
 * The client engine: outbox, de-duplication, ack batching, reconnect with jittered back-off, resume. Free of any
 * transport; see {@link io.lastack.client.Connector}.
 */
@NullMarked
package io.lastack.client;

import org.jspecify.annotations.NullMarked;
