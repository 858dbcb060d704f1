/** Timeouts on one wheel. */
@NullMarked
package io.lastack.internal.timer;

import org.jspecify.annotations.NullMarked;
