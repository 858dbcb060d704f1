/**
 * The exceptions of LastAck. They stand apart from the entry package {@code io.lastack}, so that values can throw them
 * without a circle between packages.
 */
@NullMarked
package io.lastack.error;

import org.jspecify.annotations.NullMarked;
