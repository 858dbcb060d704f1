package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.transport.tyrus.netty.RawClient;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The portable endpoint in the stock container of Tyrus, over Grizzly. */
class StockTyrusTest extends EndpointContract {

    private static final Logger GRIZZLY = Logger.getLogger("org.glassfish.grizzly");

    @BeforeAll
    static void quieten() {
        GRIZZLY.setLevel(Level.WARNING);
    }

    @Override
    Container start(ImEngine engine) throws Exception {
        return serve(engine);
    }

    static Container serve(ImEngine engine) throws Exception {
        return serve(ImEndpoint.of(engine));
    }

    static Container serve(ServerEndpointConfig endpoint) throws Exception {
        var container = (TyrusServerContainer) ServerContainerFactory.createServerContainer(Map.of());
        container.addEndpoint(endpoint);
        container.start("/", 0);
        container.doneDeployment();
        return new Container(container.getPort(), container::stop);
    }

    @Test
    void whoOffersOnlyUnknownSubprotocolsIsClosedWith1002() throws Exception {
        try (var client = new RawClient(start())) {
            client.handshake("/im", "Sec-WebSocket-Protocol: chat\r\n");
            assertThat(client.response().status()).isEqualTo(101);
            assertThat(client.frame().closeCode()).isEqualTo(1002);
        }
    }
}
