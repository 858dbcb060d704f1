package io.lastack.transport.tyrus.netty;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** The Tyrus engine, set up so that it starts no timer and no thread of its own and gathers no more than the limits. */
final class TyrusEngine extends TyrusServerContainer {

    private static final String ROOT = "/";

    private final TyrusWebSocketEngine engine;

    TyrusEngine(ServerLimits limits) {
        super(Set.<Class<?>>of());
        // 0, the default, would schedule an empty task for every message sent and received.
        setDefaultMaxSessionIdleTimeout(-1);
        setDefaultMaxTextMessageBufferSize(limits.textBytes());
        setDefaultMaxBinaryMessageBufferSize(limits.binaryBytes());
        this.engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(Math.max(limits.textBytes(), limits.binaryBytes()) + FrameHeader.MAX_BYTES)
                .build();
    }

    /** Deploys an endpoint whose sessions find the properties of their handshake. */
    void deploy(ServerEndpointConfig config) {
        try {
            register(SessionProperties.wrap(config));
        } catch (DeploymentException e) {
            throw new IllegalArgumentException("the endpoint at " + config.getPath() + " cannot be deployed", e);
        }
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        engine.register(endpointClass, ROOT);
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, ROOT);
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of();
    }
}
