package io.lastack.transport.tyrus.netty;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends back what it gets, by the standard interface alone, and remembers who came. Public, as engines want it. */
public final class EchoEndpoint extends Endpoint {

    private static final SendHandler IGNORE = result -> {};

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger messages = new AtomicInteger();
    final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

    ServerEndpointConfig config(String path, String... subprotocols) {
        return ServerEndpointConfig.Builder.create(EchoEndpoint.class, path)
                .subprotocols(List.of(subprotocols))
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(EchoEndpoint.this);
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        opened.incrementAndGet();
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {
            messages.incrementAndGet();
            session.getAsyncRemote().sendText(text, IGNORE);
        });
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) bytes -> {
            messages.incrementAndGet();
            session.getAsyncRemote().sendBinary(bytes, IGNORE);
        });
        sessions.add(session);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        closed.add(reason);
    }
}
