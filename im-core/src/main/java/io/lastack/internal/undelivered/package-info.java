/** Messages that nobody's device took. */
@NullMarked
package io.lastack.internal.undelivered;

import org.jspecify.annotations.NullMarked;
