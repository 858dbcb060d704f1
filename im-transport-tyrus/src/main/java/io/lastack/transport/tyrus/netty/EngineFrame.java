package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.jspecify.annotations.Nullable;

/** A frame that the engine has framed. */
final class EngineFrame extends Outgoing {

    private final ByteBuffer frame;
    private final ByteBuffer unwritten;
    private final boolean close;
    private final @Nullable CompletionHandler<ByteBuffer> handler;

    EngineFrame(ByteBuffer frame, boolean close, @Nullable CompletionHandler<ByteBuffer> handler) {
        this.frame = frame;
        this.unwritten = frame.duplicate();
        this.close = close;
        this.handler = handler;
    }

    @Override
    int size() {
        return frame.remaining();
    }

    @Override
    void writeTo(ByteBuf packet, int most) {
        int length = Math.min(most, unwritten.remaining());
        packet.writeBytes(unwritten.slice(unwritten.position(), length));
        unwritten.position(unwritten.position() + length);
    }

    @Override
    void done(@Nullable Throwable failure) {
        if (handler == null) {
            return;
        }
        if (failure == null) {
            handler.completed(frame);
        } else {
            handler.failed(failure);
        }
    }

    @Override
    boolean isClose() {
        return close;
    }
}
