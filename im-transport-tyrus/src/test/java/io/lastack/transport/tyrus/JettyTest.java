package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The portable endpoint in Jetty. */
class JettyTest extends EndpointContract {

    @Override
    Container start(ImEngine engine) throws Exception {
        return serve(engine);
    }

    static Container serve(ImEngine engine) throws Exception {
        return serve(ImEndpoint.of(engine));
    }

    static Container serve(ServerEndpointConfig endpoint) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler("/");
        server.setHandler(context);
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.addEndpoint(endpoint));
        server.start();
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return new Container(port, server::stop);
    }
}
