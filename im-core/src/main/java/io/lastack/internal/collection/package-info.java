/** Collections that the JDK does not have. */
@NullMarked
package io.lastack.internal.collection;

import org.jspecify.annotations.NullMarked;
