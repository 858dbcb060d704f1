/**
 * LastAck without anything outside the process: store, transport, and time that a test turns itself. Supported, for tests
 * and for single-process use without persistence.
 */
@NullMarked
package io.lastack.memory;

import org.jspecify.annotations.NullMarked;
