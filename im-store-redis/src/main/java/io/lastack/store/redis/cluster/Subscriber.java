package io.lastack.store.redis.cluster;

import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.BinaryJedisShardedPubSub;
import redis.clients.jedis.Jedis;

/** What an {@link Ear} asks of its connection: by plain subscriptions, or by those of a shard. */
interface Subscriber {
    /** Listens on these until the connection ends; blocks. */
    void listen(Jedis jedis, byte[][] channels);

    void listenTo(byte[][] more);

    void leave(byte[][] fewer);

    /** Asks for a sign of life. */
    void ask();

    /** To the channels of one server, or of a cluster whose servers pass everything on to one another. */
    static Subscriber plain(Ear ear) {
        return new Plain(ear);
    }

    /**
     * To channels whose slots the server has.
     *
     * @param ask publishes on a channel that is listened on: a connection with subscriptions of shards answers no ping
     */
    static Subscriber sharded(Ear ear, Runnable ask) {
        return new Sharded(ear, ask);
    }

    /** See {@link #plain}. */
    final class Plain extends BinaryJedisPubSub implements Subscriber {
        private final Ear ear;

        private Plain(Ear ear) {
            this.ear = ear;
        }

        @Override
        public void listen(Jedis jedis, byte[][] channels) {
            jedis.subscribe(this, channels);
        }

        @Override
        public void listenTo(byte[][] more) {
            subscribe(more);
        }

        @Override
        public void leave(byte[][] fewer) {
            unsubscribe(fewer);
        }

        @Override
        public void ask() {
            ping();
        }

        @Override
        public void onSubscribe(byte[] channel, int count) {
            ear.subscribed(channel);
        }

        @Override
        public void onMessage(byte[] channel, byte[] signal) {
            ear.message(channel, signal);
        }

        @Override
        public void onPong(byte[] pattern) {
            ear.heard();
        }
    }

    /** See {@link #sharded}. */
    final class Sharded extends BinaryJedisShardedPubSub implements Subscriber {
        private final Ear ear;
        private final Runnable ask;
        private byte[][] waiting = {};

        private Sharded(Ear ear, Runnable ask) {
            this.ear = ear;
            this.ask = ask;
        }

        /** One command may name channels of one slot only: the others follow the first. */
        @Override
        public void listen(Jedis jedis, byte[][] channels) {
            waiting = channels;
            proceed(jedis.getConnection(), channels[0]);
        }

        @Override
        public void listenTo(byte[][] more) {
            for (byte[] channel : more) {
                ssubscribe(channel);
            }
        }

        @Override
        public void leave(byte[][] fewer) {
            for (byte[] channel : fewer) {
                sunsubscribe(channel);
            }
        }

        @Override
        public void ask() {
            ask.run();
        }

        @Override
        public void onSSubscribe(byte[] channel, int count) {
            byte[][] all = waiting;
            waiting = new byte[0][];
            for (int i = 1; i < all.length; i++) {
                ssubscribe(all[i]);
            }
            ear.subscribed(channel);
        }

        @Override
        public void onSUnsubscribe(byte[] channel, int count) {
            ear.unsubscribed(channel);
        }

        @Override
        public void onSMessage(byte[] channel, byte[] signal) {
            ear.message(channel, signal);
        }
    }
}
