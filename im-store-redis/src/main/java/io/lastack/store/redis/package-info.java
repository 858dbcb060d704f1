/** A store in Redis or Redis Cluster: {@link io.lastack.store.redis.RedisStore}. */
@NullMarked
package io.lastack.store.redis;

import org.jspecify.annotations.NullMarked;
