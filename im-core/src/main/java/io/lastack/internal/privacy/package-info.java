/** A user's data: told as JSON lines, or erased. */
@NullMarked
package io.lastack.internal.privacy;

import org.jspecify.annotations.NullMarked;
