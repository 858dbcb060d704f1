/**
 * Benchmarks that run as programs of their own, printing what they measured: the load generator ({@code
 * lastack-server.jar bench}), and loops against real stores.
 */
@NullMarked
package io.lastack.examples.bench;

import org.jspecify.annotations.NullMarked;
