package io.lastack.spi;

/**
 * Carries short signals between the nodes of a cluster. A hint, and nothing that anybody relies on: a bus may lose signals,
 * repeat them and bring them in another order; it delivers each at most a few times, to whoever is subscribed to its channel
 * at that moment, the sender included or not. What a lost signal would have told is found by comparing with the store.
 *
 * <p>Safe for use by several threads. No method but {@link #join} and {@link Link#close} may block.
 */
public interface Bus {
    /** The largest signal that a bus must carry, in bytes. */
    int MAX_SIGNAL_BYTES = 64 << 10;

    /**
     * Joins a node. A bus that cannot be reached now goes on trying by itself; joining does not fail for that.
     *
     * @param node the node's name, unique among those that run: 1 to 64 of {@code A-Z a-z 0-9 . _ @ + -}
     * @param receiver hears of signals and of the state of the link
     */
    Link join(String node, Receiver receiver);

    /** One node's place on the bus. */
    interface Link extends AutoCloseable {
        /**
         * Sends to all nodes that are subscribed to the channel. Returns at once; what cannot be sent now, or would make a
         * queue longer than its bound, is dropped and counted.
         *
         * @param channel 1 to 128 characters
         * @param signal not changed by anybody afterwards
         */
        void publish(String channel, byte[] signal);

        /** Signals of the channel are received from some moment soon on, also after the link was lost and found. */
        void subscribe(String channel);

        /** Signals of the channel are not received any more, some moment soon. */
        void unsubscribe(String channel);

        /** Whether signals pass now, as far as is known. */
        boolean isConnected();

        /** How many signals of this node were dropped before they were sent. */
        long dropped();

        /** Leaves the bus. Nothing is received afterwards. May block for a moment. */
        @Override
        void close();
    }

    /** A node's ear. Called on the bus's threads, for one link one call at a time; must not block. */
    interface Receiver {
        void received(String channel, byte[] signal);

        /** The link is there, for the first time or again: signals may have been missed before. */
        void connected();

        /** The link is lost; nothing is received until {@link #connected}. */
        void disconnected();
    }
}
