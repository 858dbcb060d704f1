/** Positions on their way to the store, newest only. */
@NullMarked
package io.lastack.internal.cursor;

import org.jspecify.annotations.NullMarked;
