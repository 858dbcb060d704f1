package io.lastack.transport.tyrus.netty;

import java.nio.ByteBuffer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.jspecify.annotations.Nullable;

/** The engine's way out. */
final class EngineWriter extends Writer {

    private final WebSocketConnection connection;

    EngineWriter(WebSocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler) {
        connection.send(new EngineFrame(frame, false, handler));
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> handler, WriterInfo info) {
        connection.send(new EngineFrame(frame, info.getMessageType() == WriterInfo.MessageType.CLOSE, handler));
    }

    /** The engine has said its last; called after the close frame, sent or answered. */
    @Override
    public void close() {
        connection.engineClosed();
    }
}
