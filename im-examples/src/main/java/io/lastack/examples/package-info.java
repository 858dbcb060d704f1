/** The standalone server, embedding examples, command-line client and load generator. */
@NullMarked
package io.lastack.examples;

import org.jspecify.annotations.NullMarked;
