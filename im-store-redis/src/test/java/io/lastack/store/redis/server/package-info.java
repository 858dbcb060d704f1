/** Real Redis servers for tests. */
package io.lastack.store.redis.server;
