/** Order among tasks, on whatever threads the runtime has. */
@NullMarked
package io.lastack.internal.task;

import org.jspecify.annotations.NullMarked;
