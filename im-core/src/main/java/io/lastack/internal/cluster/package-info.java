/** What nodes tell one another, over the bus: hints, of which none is relied on. */
@NullMarked
package io.lastack.internal.cluster;

import org.jspecify.annotations.NullMarked;
