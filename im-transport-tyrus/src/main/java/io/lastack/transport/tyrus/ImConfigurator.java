package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.proto.WireCodec;
import io.lastack.session.Handshake;
import io.lastack.transport.tyrus.netty.OriginRule;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries the handshake to the endpoint, and makes an endpoint for each connection. It leaves nothing to the container's
 * own configurator, which is not always the one of the container that runs.
 */
final class ImConfigurator extends ServerEndpointConfig.Configurator {

    private static final String PROPERTY = "io.lastack.transport.tyrus.opened";

    private final ImEngine engine;

    /** Which pages may connect; null to leave that to the host. */
    private final @Nullable OriginRule origins;

    ImConfigurator(ImEngine engine, @Nullable OriginRule origins) {
        this.engine = engine;
        this.origins = origins;
    }

    /** What the handshake of a session said; taken out of the session, since it may hold a token. */
    static Opened opened(Session session) {
        return session.getUserProperties().remove(PROPERTY) instanceof Opened opened
                ? opened
                : new Opened(Handshake.NONE, List.of());
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.getHeaders());
        List<String> offered = offered(headers.getOrDefault(HandshakeRequest.SEC_WEBSOCKET_PROTOCOL, List.of()));
        Handshake handshake = HandshakeReader.read(headers, request.getParameterMap());
        config.getUserProperties().put(PROPERTY, new Opened(handshake, offered));
    }

    private static List<String> offered(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        List<String> offered = offered(requested == null ? List.of() : requested);
        return offered.isEmpty()
                ? ""
                : Subprotocols.choose(offered).map(WireCodec::subprotocol).orElse("");
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    /** Containers answer 403 to a page that may not; who sends no {@code Origin} is no browser. */
    @Override
    public boolean checkOrigin(@Nullable String origin) {
        return origins == null || origin == null || origin.isEmpty() || origins.lists(origin);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(new ImEndpoint(engine));
    }
}
