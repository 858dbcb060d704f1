package io.lastack.transport.tyrus.load;

import io.lastack.transport.tyrus.netty.PacketChannel;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The least that an endpoint can do: sends a message back, or, if its first byte says so, to everybody; pings everybody now
 * and then. Where the container has a short way for packets, it is taken. Public, as engines want it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A ping that fails shows as a client that was not pinged.
public final class BareEndpoint extends Endpoint {

    /** First byte of a message that is for everybody. */
    static final byte FOR_ALL = 1;

    private static final SendHandler IGNORE = result -> {};

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    static ServerEndpointConfig at(String path, Duration heartbeat) {
        var endpoint = new BareEndpoint();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.scheduleAtFixedRate(endpoint::ping, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        return ServerEndpointConfig.Builder.create(BareEndpoint.class, path)
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> type) {
                        return type.cast(endpoint);
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        sessions.add(session);
        PacketChannel.of(session)
                .ifPresentOrElse(
                        channel -> channel.receive(new Direct(channel)),
                        () -> session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                                bytes -> received(session, bytes)));
    }

    private void received(Session session, ByteBuffer bytes) {
        if (bytes.get(bytes.position()) == FOR_ALL) {
            for (var each : sessions) {
                each.getAsyncRemote().sendBinary(bytes.duplicate(), IGNORE);
            }
        } else {
            session.getAsyncRemote().sendBinary(bytes, IGNORE);
        }
    }

    private void ping() {
        for (var each : sessions) {
            try {
                each.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void onClose(Session session, jakarta.websocket.CloseReason reason) {
        sessions.remove(session);
    }

    private final class Direct implements PacketChannel.Receiver {

        private final PacketChannel channel;

        Direct(PacketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void message(boolean text, ByteBuffer payload) {
            var bytes = new byte[payload.remaining()];
            payload.get(bytes);
            var parts = List.of(bytes);
            if (bytes[0] == FOR_ALL) {
                for (var each : sessions) {
                    PacketChannel.of(each).orElseThrow().write(text, parts, failure -> {});
                }
            } else {
                channel.write(text, parts, failure -> {});
            }
        }

        @Override
        public void activity() {}
    }
}
