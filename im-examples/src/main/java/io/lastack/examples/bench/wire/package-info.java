/** The client's side of the wire, reduced to what a load generator sends and checks. */
@NullMarked
package io.lastack.examples.bench.wire;

import org.jspecify.annotations.NullMarked;
