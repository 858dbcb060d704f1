package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Handshake;
import io.lastack.transport.tyrus.netty.OriginRule;
import io.lastack.transport.tyrus.netty.PacketChannel;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messaging endpoint for any container of Jakarta WebSocket 2.1 or later:
 *
 * <pre>{@code serverContainer.addEndpoint(ImEndpoint.of(engine));}</pre>
 *
 * <p>The client offers {@code lastack.v1.proto} or {@code lastack.v1.json}, or nothing and speaks JSON; offers of other
 * subprotocols alone are closed with 1002. A token may come in the handshake ({@code Authorization: Bearer}), with the
 * device in the query ({@code ?device=}); otherwise both come in the hello frame.
 *
 * <p>What the standard does not provide for is left to the container: TLS, limits on connections and handshakes, and freeing a connection whose peer takes nothing any more. {@link TyrusServer} does all of that.
 */
public final class ImEndpoint extends Endpoint {

    /** Where the endpoint is if nothing else is said. */
    public static final String DEFAULT_PATH = "/im";

    /** Where, below that path, {@link TyrusServer} serves clients without WebSocket. */
    static final String STREAM_SUFFIX = "/sse";

    private static final Logger LOG = LoggerFactory.getLogger(ImEndpoint.class);

    /** Where Jetty and others leave the address of the peer, which the standard has no place for. */
    private static final String REMOTE_ADDRESS = "jakarta.websocket.endpoint.remoteAddress";

    private final ImEngine engine;

    /** Null until the connection is open, and for one that was closed at once. */
    private volatile io.lastack.session.@Nullable Session client;

    private volatile @Nullable CloseReason closed;

    /** The endpoint of one connection. */
    ImEndpoint(ImEngine engine) {
        this.engine = engine;
    }

    /** The endpoint of an engine at {@value #DEFAULT_PATH}, to be deployed once. */
    public static ServerEndpointConfig of(ImEngine engine) {
        return of(engine, DEFAULT_PATH);
    }

    /**
     * The endpoint of an engine at a path, to be deployed once, for pages of any origin.
     *
     * @throws IllegalArgumentException if the path does not start with a slash or is a template
     */
    public static ServerEndpointConfig of(ImEngine engine, String path) {
        return of(engine, path, (OriginRule) null);
    }

    /**
     * The endpoint of an engine at a path, to be deployed once, for pages of these origins alone; the container answers
     * others with 403. A client that sends no {@code Origin} is no browser and passes.
     *
     * @param origins such as {@code https://chat.example.com}, the host's own among them: an endpoint is not told which
     *     that is
     * @throws IllegalArgumentException if the path does not start with a slash or is a template, or an origin is none
     */
    public static ServerEndpointConfig of(ImEngine engine, String path, Set<String> origins) {
        return of(engine, path, OriginRule.of(origins));
    }

    private static ServerEndpointConfig of(ImEngine engine, String path, @Nullable OriginRule origins) {
        if (!path.startsWith("/") || path.indexOf('{') >= 0) {
            throw new IllegalArgumentException("path \"" + path + "\" must start with / and be without templates");
        }
        return ServerEndpointConfig.Builder.create(ImEndpoint.class, path)
                .subprotocols(Subprotocols.KNOWN)
                .configurator(new ImConfigurator(engine, origins))
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(-1); // The engine watches. In Tyrus, 0 would cost a timer task for each message.
        Opened opened = ImConfigurator.opened(session);
        Optional<WireCodec> codec = Subprotocols.choose(opened.offered());
        if (codec.isEmpty()) {
            close(session, new CloseReason(CloseReason.PROTOCOL_ERROR, "known subprotocols: " + Subprotocols.KNOWN));
            return;
        }
        try {
            PacketChannel.of(session)
                    .ifPresentOrElse(
                            channel -> openDirect(session, channel, codec.get(), opened.handshake()),
                            () -> openPortable(session, codec.get(), opened.handshake()));
        } catch (RuntimeException e) {
            LOG.error("a connection could not be opened", e);
            close(session, new CloseReason(CloseReason.SERVER_ERROR, "the server failed; connect again"));
        }
    }

    private void openDirect(Session session, PacketChannel channel, WireCodec codec, Handshake handshake) {
        Inbox inbox = new Inbox(codec, accept(new DirectConnection(session, channel, codec), handshake));
        channel.receive(inbox);
    }

    private void openPortable(Session session, WireCodec codec, Handshake handshake) {
        var connection = new PortableConnection(session, codec, engine.runtime(), remoteAddress(session));
        Inbox inbox = new Inbox(codec, accept(connection, handshake));
        PartialMessages messages = new PartialMessages(inbox, engine.options().maxPacketBytes());
        try {
            session.addMessageHandler(ByteBuffer.class, messages.binary());
            session.addMessageHandler(String.class, messages.text());
            session.addMessageHandler(PongMessage.class, pong -> inbox.activity());
        } catch (IllegalStateException e) {
            if (session.isOpen()) {
                throw e;
            }
            LOG.debug("the engine had closed a connection before it was wholly open", e);
        }
    }

    private io.lastack.session.Session accept(io.lastack.session.Connection connection, Handshake handshake) {
        io.lastack.session.Session accepted = engine.accept(connection, handshake);
        client = accepted;
        CloseReason reason = closed;
        if (reason != null) {
            accepted.closed(reason);
        }
        return accepted;
    }

    private static String remoteAddress(Session session) {
        return session.getUserProperties().get(REMOTE_ADDRESS) instanceof InetSocketAddress address
                ? Addresses.text(address)
                : "unknown";
    }

    private static void close(Session session, CloseReason reason) {
        try {
            session.close(CloseReasons.ofEngine(reason));
        } catch (IOException e) {
            LOG.debug("a close found the connection closed", e);
        }
    }

    /** May come while {@link #onOpen} still runs, if the engine ends the session at once. */
    @Override
    public void onClose(Session session, jakarta.websocket.CloseReason standard) {
        CloseReason reason = CloseReasons.ofStandard(standard);
        closed = reason;
        io.lastack.session.Session accepted = client;
        if (accepted != null) {
            accepted.closed(reason);
        }
    }

    /** What the container found wrong with the connection, which it closes by itself. */
    @Override
    public void onError(Session session, Throwable fault) {
        LOG.debug("a connection failed", fault);
    }
}
