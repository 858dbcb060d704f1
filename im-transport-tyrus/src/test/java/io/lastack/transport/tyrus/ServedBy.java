package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.transport.tyrus.EndpointContract.Container;
import java.nio.file.Path;
import java.util.Set;

/** Whatever may carry the endpoint, for pages of one origin. */
enum ServedBy {
    TYRUS_SERVER,
    TOMCAT,
    JETTY,
    STOCK_TYRUS;

    static final String FRIEND = "https://friend.example";

    Container start(ImEngine engine, Path folder) throws Exception {
        var endpoint = ImEndpoint.of(engine, ImEndpoint.DEFAULT_PATH, Set.of(FRIEND));
        return switch (this) {
            case TYRUS_SERVER -> tyrusServer(engine);
            case TOMCAT -> TomcatTest.serve(endpoint, folder);
            case JETTY -> JettyTest.serve(endpoint);
            case STOCK_TYRUS -> StockTyrusTest.serve(endpoint);
        };
    }

    private static Container tyrusServer(ImEngine engine) {
        var server = TyrusServer.builder(engine)
                .host("127.0.0.1")
                .port(0)
                .ioThreads(2)
                .origins(Set.of(FRIEND))
                .start();
        return new Container(server.port(), server);
    }
}
