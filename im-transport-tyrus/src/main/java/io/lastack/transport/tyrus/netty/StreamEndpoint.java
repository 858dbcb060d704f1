package io.lastack.transport.tyrus.netty;

import java.nio.ByteBuffer;

/** What is told of the connections at a {@link StreamPath}. Called on I/O threads; must not block. */
@FunctionalInterface
public interface StreamEndpoint {

    /**
     * A client that was admitted has connected; it may be written to.
     *
     * @return told what the client says, from now on
     */
    Receiver open(StreamChannel channel, Opening opening);

    /** Takes what comes in on one connection. Called by one thread at a time. */
    interface Receiver {

        /**
         * A whole message.
         *
         * @param payload readable during the call only
         */
        void message(ByteBuffer payload);

        /** The client has shown that it is there. */
        void activity();

        /** A message was refused by its size, and is not kept. */
        void tooLarge(int limit);

        /** The connection is gone: closed by either side with this code, or lost, with 1006. Told once. */
        void closed(int code, String reason);
    }
}
