/** A store of two: log and members in one, positions in another. */
@NullMarked
package io.lastack.mixed;

import org.jspecify.annotations.NullMarked;
