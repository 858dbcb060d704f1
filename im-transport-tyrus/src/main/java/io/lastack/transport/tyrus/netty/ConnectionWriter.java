package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what an {@link OutboundQueue} holds, one write at a time: frames that gather while a write is in flight, or
 * before the I/O thread comes round to it, leave together in the next one. Memory in flight is {@value #JOINED_BYTES} bytes
 * at most, however large a frame is.
 */
final class ConnectionWriter implements Runnable {

    /** Told on the I/O thread. */
    interface Listener {

        /** A frame did not fit under the bound; what waited has been dropped. */
        void overflown();

        /** The last frame that may be sent has been; may be said more than once. */
        void finished();

        /** A write failed, so that what follows would be out of order. */
        void broken(Throwable failure);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWriter.class);

    /** As much as a socket buffer takes at once; more would only wait in the operating system's queue. */
    private static final int JOINED_BYTES = 64 * 1024;

    private final Channel channel;
    private final OutboundQueue queue;
    private final Listener listener;
    private final Runnable turn = this::writeNext;

    /** The thread that gave the first frame of what waits. */
    private long source;

    ConnectionWriter(Channel channel, long bound, Listener listener) {
        this.channel = channel;
        this.queue = new OutboundQueue(bound);
        this.listener = listener;
    }

    /** Sends a frame, or fails it: see {@link PacketChannel#write}. */
    void send(Outgoing frame) {
        switch (queue.offer(frame)) {
            case QUEUED -> {}
            case QUEUED_FIRST -> begin(Thread.currentThread().getId());
            case REFUSED -> frame.done(new ClosedChannelException());
            case OVERFLOWN -> {
                var failure = new SlowConsumerException(queue.pending());
                frame.done(failure);
                tell(queue.drop(), failure);
                channel.eventLoop().execute(listener::overflown);
            }
        }
    }

    /** Sends what waits and at most a close frame more. */
    void closing() {
        queue.closing();
    }

    /** Whether all that was accepted is out, and nothing but a close frame may follow. */
    boolean isFinished() {
        return queue.isFinished();
    }

    /** Drops what waits and refuses everything from now on. */
    void closed() {
        tell(queue.close(), new ClosedChannelException());
    }

    boolean isClosing() {
        return queue.isClosing();
    }

    /** Whether a close frame is sent, or about to be. */
    boolean isCloseSent() {
        return queue.isCloseAccepted();
    }

    long pending() {
        return queue.pending();
    }

    private void begin(long from) {
        source = from;
        channel.eventLoop().execute(this);
    }

    /** The I/O thread has come round to what waits; only on it. */
    @Override
    public void run() {
        IoTurns.takeShort(channel.eventLoop(), source, turn);
    }

    /** Writes the next packet; only while no write is in flight. */
    private void writeNext() {
        var batch = queue.take(JOINED_BYTES);
        if (batch == null) {
            finishIfLast();
        } else {
            write(batch, sizeOf(batch));
        }
    }

    /**
     * Writes what is left of a batch; a frame that is larger than one write goes out in several, between which the other
     * connections of this thread have their turn.
     */
    private void write(Outgoing batch, int left) {
        int size = Math.min(left, JOINED_BYTES);
        try {
            channel.writeAndFlush(join(batch, size)).addListener(written -> {
                if (written.isSuccess() && left > size) {
                    IoTurns.take(channel.eventLoop(), () -> write(batch, left - size));
                } else {
                    settle(batch, written.cause());
                }
            });
        } catch (RuntimeException | OutOfMemoryError e) {
            settle(batch, e);
        }
    }

    private static int sizeOf(Outgoing batch) {
        int size = 0;
        for (var frame = batch; frame != null; frame = frame.next) {
            size += frame.size();
        }
        return size;
    }

    private ByteBuf join(Outgoing batch, int size) {
        var packet = channel.alloc().directBuffer(size);
        for (var frame = batch; frame != null; frame = frame.next) {
            frame.writeTo(packet, size - packet.readableBytes());
        }
        return packet;
    }

    private void settle(Outgoing batch, @Nullable Throwable failure) {
        long weight = 0;
        for (var frame = batch; frame != null; frame = frame.next) {
            weight += frame.weight();
        }
        tell(batch, failure);
        if (failure != null) {
            listener.broken(failure);
        }
        if (queue.settle(weight)) {
            begin(source);
        } else {
            finishIfLast();
        }
    }

    private void finishIfLast() {
        if (queue.isFinished()) {
            listener.finished();
        }
    }

    private static void tell(@Nullable Outgoing list, @Nullable Throwable failure) {
        for (var frame = list; frame != null; frame = frame.next) {
            try {
                frame.done(failure);
            } catch (RuntimeException e) {
                LOG.warn("a sender failed on being told of its write", e);
            }
        }
    }
}
