package io.lastack.transport.tyrus.load;

import java.util.List;
import java.util.Map;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** Tyrus on Grizzly, as it comes, with an endpoint that echoes. */
final class StockTyrusHost implements Host {

    private final TyrusServerContainer container;

    StockTyrusHost(HostOptions options) throws Exception {
        container = (TyrusServerContainer) ServerContainerFactory.createServerContainer(Map.of());
        container.addEndpoint(BareEndpoint.at("/im", options.heartbeat()));
        container.start("/", 0);
        container.doneDeployment();
    }

    @Override
    public int port() {
        return container.getPort();
    }

    @Override
    public Map<String, Long> answer(List<String> words) {
        return Map.of();
    }
}
