/** Nodes joined by Redis: the bus that carries their signals, and the directory of who is connected where. */
@NullMarked
package io.lastack.store.redis.cluster;

import org.jspecify.annotations.NullMarked;
