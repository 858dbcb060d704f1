package io.lastack.examples.bench.wire;

import io.netty.buffer.ByteBuf;

/** An open connection to a server. Used on the thread of its {@link Dialer}. */
public interface Link {
    /** Sends a packet, and releases it. */
    void send(ByteBuf packet);

    void close();
}
