package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A frame on its way out: an element of the linked list in {@link OutboundQueue}. */
abstract class Outgoing {

    /** What an element costs in memory beside its bytes, so that many small ones are bounded too. */
    private static final int OVERHEAD = 64;

    /** The next element; belongs to whoever holds the list. */
    @Nullable
    Outgoing next;

    /** Size on the wire. */
    abstract int size();

    /** Goes on writing where the last call ended; at most so many bytes, and no less unless that is all. */
    abstract void writeTo(ByteBuf packet, int most);

    /** Tells the sender; called exactly once. */
    abstract void done(@Nullable Throwable failure);

    /** Whether this is the close frame, after which nothing may be sent. */
    abstract boolean isClose();

    final int weight() {
        return size() + OVERHEAD;
    }
}
