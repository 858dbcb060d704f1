package io.lastack.transport.tyrus.netty;

import jakarta.websocket.server.ServerEndpointConfig;

/**
 * A WebSocket endpoint of the server.
 *
 * @param endpoint the endpoint, at the exact path {@link ServerEndpointConfig#getPath()}
 * @param gate who may connect to it
 */
public record UpgradePath(ServerEndpointConfig endpoint, Gate gate) {

    public UpgradePath {
        if (!endpoint.getPath().startsWith("/") || endpoint.getPath().contains("{")) {
            throw new IllegalArgumentException(
                    "path \"" + endpoint.getPath() + "\" must start with / and be without templates");
        }
    }

    String path() {
        return endpoint.getPath();
    }
}
