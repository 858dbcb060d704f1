/** Rooms: who is in them, and what is said to them. Nothing of it is kept. */
@NullMarked
package io.lastack.internal.room;

import org.jspecify.annotations.NullMarked;
