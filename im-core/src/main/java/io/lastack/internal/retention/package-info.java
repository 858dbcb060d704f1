/** Old messages on their way out. */
@NullMarked
package io.lastack.internal.retention;

import org.jspecify.annotations.NullMarked;
