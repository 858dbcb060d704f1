package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.proto.WireCodec;
import io.lastack.session.Handshake;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries the handshake to the endpoint, and makes an endpoint for each connection. It leaves nothing to the container's
 * own configurator, which is not always the one of the container that runs.
 */
final class ImConfigurator extends ServerEndpointConfig.Configurator {

    private static final String PROPERTY = "io.lastack.transport.tyrus.opened";

    private final ImEngine engine;

    ImConfigurator(ImEngine engine) {
        this.engine = engine;
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

    /** Left to the host: only it knows its pages. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        return endpointClass.cast(new ImEndpoint(engine));
    }
}
