/** The standalone server: the library wired with a {@code main}, to try it, and to read. */
@NullMarked
package io.lastack.examples.server;

import org.jspecify.annotations.NullMarked;
