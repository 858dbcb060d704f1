/**
 * Plain HTTP beside the WebSocket: a small table of exact paths for a health check, a log-in call and a few static
 * pages, and of prefixes below which something else takes over. It is not a web framework; a host with more than that has
 * one of its own.
 */
@NullMarked
package io.lastack.transport.tyrus.http;

import org.jspecify.annotations.NullMarked;
