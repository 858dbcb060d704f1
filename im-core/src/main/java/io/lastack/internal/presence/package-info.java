/** Who is online, here and elsewhere, and who is told of it. */
@NullMarked
package io.lastack.internal.presence;

import org.jspecify.annotations.NullMarked;
