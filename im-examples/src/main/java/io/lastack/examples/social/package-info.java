/** What chat applications build upon notifications and rooms, for clients: examples to copy from. */
@NullMarked
package io.lastack.examples.social;

import org.jspecify.annotations.NullMarked;
