package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The portable endpoint in Tomcat. */
class TomcatTest extends EndpointContract {

    private static final Logger CATALINA = Logger.getLogger("org.apache");

    @TempDir
    private Path folder;

    @BeforeAll
    static void quieten() {
        CATALINA.setLevel(Level.SEVERE);
    }

    @Override
    Container start(ImEngine engine) throws Exception {
        return serve(engine, folder);
    }

    static Container serve(ImEngine engine, Path folder) throws Exception {
        return serve(ImEndpoint.of(engine), folder);
    }

    static Container serve(ServerEndpointConfig endpoint, Path folder) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
                .addMapping("/");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    var container = (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
                    try {
                        container.addEndpoint(endpoint);
                    } catch (jakarta.websocket.DeploymentException e) {
                        throw new IllegalStateException(e);
                    }
                },
                null);
        tomcat.start();
        return new Container(tomcat.getConnector().getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }
}
