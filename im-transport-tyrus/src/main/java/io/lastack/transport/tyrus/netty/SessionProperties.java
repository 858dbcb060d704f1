package io.lastack.transport.tyrus.netty;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import jakarta.websocket.server.ServerEndpointConfig.Configurator;
import java.util.List;
import java.util.Map;

/**
 * What a session is to find in its user properties. It travels with the request in the place of the servlet session,
 * which there is none of here, and is unpacked where the standard lets a handshake reach the session.
 */
record SessionProperties(Map<String, Object> properties) {

    /** The same endpoint, with a configurator in front that unpacks the properties. */
    static ServerEndpointConfig wrap(ServerEndpointConfig config) {
        var wrapped = ServerEndpointConfig.Builder.create(config.getEndpointClass(), config.getPath())
                .subprotocols(config.getSubprotocols())
                .extensions(config.getExtensions())
                .encoders(config.getEncoders())
                .decoders(config.getDecoders())
                .configurator(new Unpacking(config.getConfigurator()))
                .build();
        wrapped.getUserProperties().putAll(config.getUserProperties());
        return wrapped;
    }

    private static final class Unpacking extends Configurator {

        private final Configurator inner;

        Unpacking(Configurator inner) {
            this.inner = inner;
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            if (request.getHttpSession() instanceof SessionProperties session) {
                config.getUserProperties().putAll(session.properties());
            }
            inner.modifyHandshake(config, request, response);
        }

        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return inner.getNegotiatedSubprotocol(supported, requested);
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return inner.getNegotiatedExtensions(installed, requested);
        }

        @Override
        public boolean checkOrigin(String origin) {
            return inner.checkOrigin(origin);
        }

        @Override
        public <T> T getEndpointInstance(Class<T> endpointClass) throws InstantiationException {
            return inner.getEndpointInstance(endpointClass);
        }
    }
}
