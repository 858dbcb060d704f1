package io.lastack.store.redis;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Opens a store: connects, looks at the servers, and draws the epoch of new data. */
final class Opening {
    private Opening() {}

    static RedisStore open(RedisStoreBuilder options) {
        UnifiedJedis client = connect(options);
        try {
            new Safety(options).check(client);
            Server server = new Server(client, options.replicas(), options.ownsClient() ? client::close : () -> {});
            RedisEpoch epoch = new RedisEpoch(server, options.keys(), options.random());
            epoch.open(options.drawsEpoch());
            String name = Long.toHexString(options.random().nextLong()) + "-";
            return new RedisStore(server, options.keys(), options.once(), epoch, name);
        } catch (RuntimeException e) {
            close(client, options, e);
            throw e instanceof JedisException problem ? failed(problem) : e;
        }
    }

    private static UnifiedJedis connect(RedisStoreBuilder options) {
        try {
            return options.client().get();
        } catch (JedisException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(JedisException e) {
        return Failure.of("open the store in Redis", e, Effect.NOT_APPLIED);
    }

    private static void close(UnifiedJedis client, RedisStoreBuilder options, RuntimeException because) {
        if (options.ownsClient()) {
            try {
                client.close();
            } catch (RuntimeException e) {
                because.addSuppressed(e);
            }
        }
    }
}
