/** Store, presence, cluster bus and shared rate limits on Redis and Redis Cluster. */
@NullMarked
package io.lastack.store.redis;

import org.jspecify.annotations.NullMarked;
