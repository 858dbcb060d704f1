/**
 * What has been acknowledged and what has been read, as pure values and algorithms: no engine, store, clock or thread.
 *
 * <p>{@link io.lastack.cursor.AckCursor} turns the results of concurrent pushes, in any order, into one number per
 * device and conversation below which nothing is missing. {@link io.lastack.cursor.ReadCursor} is the position up to
 * which a member has read. {@link io.lastack.cursor.AckAdvance} and {@link io.lastack.cursor.ReadAdvance} are the
 * movements of the two that a store keeps.
 *
 * <p>A <em>seq</em> is the place of a message in the log of its conversation: 1, 2, 3 … without a gap. Position 0 is
 * the place before the first message.
 */
@NullMarked
package io.lastack.cursor;

import org.jspecify.annotations.NullMarked;
