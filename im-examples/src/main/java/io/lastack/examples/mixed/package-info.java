/** Messages in a database, positions and presence in Redis. */
@NullMarked
package io.lastack.examples.mixed;

import org.jspecify.annotations.NullMarked;
