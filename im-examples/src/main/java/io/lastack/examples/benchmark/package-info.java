/** JMH benchmarks of single classes: what one call costs, in time and in allocation. */
@NullMarked
package io.lastack.examples.benchmark;

import org.jspecify.annotations.NullMarked;
