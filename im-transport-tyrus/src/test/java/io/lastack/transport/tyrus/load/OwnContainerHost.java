package io.lastack.transport.tyrus.load;

import io.lastack.transport.tyrus.http.HttpRoutes;
import io.lastack.transport.tyrus.netty.Gate;
import io.lastack.transport.tyrus.netty.NettyServer;
import io.lastack.transport.tyrus.netty.OriginRule;
import io.lastack.transport.tyrus.netty.ServerLimits;
import io.lastack.transport.tyrus.netty.ServerOptions;
import io.lastack.transport.tyrus.netty.ServerTimeouts;
import io.lastack.transport.tyrus.netty.TrustedProxies;
import io.lastack.transport.tyrus.netty.UpgradePath;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The server of this module with an endpoint that echoes. */
final class OwnContainerHost implements Host {

    private final NettyServer server;

    OwnContainerHost(HostOptions options) throws IOException {
        server = NettyServer.start(
                new ServerOptions(
                        "127.0.0.1",
                        0,
                        Runtime.getRuntime().availableProcessors(),
                        ServerLimits.DEFAULT,
                        ServerTimeouts.DEFAULT,
                        OriginRule.sameHost(),
                        TrustedProxies.none(),
                        null,
                        0),
                HttpRoutes.none(),
                List.of(new UpgradePath(BareEndpoint.at("/im", options.heartbeat()), Gate.open())),
                List.of());
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Map<String, Long> answer(List<String> words) {
        return Map.of("connections", (long) server.connections());
    }
}
