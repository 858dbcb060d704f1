/** What the stores cost by themselves, with no engine around them: programs that print what they measured. */
@NullMarked
package io.lastack.examples.bench.store;

import org.jspecify.annotations.NullMarked;
