package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.proto.WireCodec;
import io.lastack.testkit.transport.TransportContract;
import io.lastack.testkit.transport.TransportUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The portable endpoint in the containers of others. */
class ContainersContractTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void quieten() {
        TomcatTest.quieten();
        StockTyrusTest.quieten();
    }

    private static TransportUnderTest through(EndpointContract.Container container) throws Exception {
        return WebSocketContractTest.through(container.port(), WireCodec.JSON, container.stop());
    }

    @Nested
    class Tomcat extends TransportContract {
        @Override
        protected TransportUnderTest start(ImEngine served) throws Exception {
            return through(TomcatTest.serve(served, folder));
        }
    }

    @Nested
    class Jetty extends TransportContract {
        @Override
        protected TransportUnderTest start(ImEngine served) throws Exception {
            return through(JettyTest.serve(served));
        }
    }

    @Nested
    class StockTyrus extends TransportContract {
        @Override
        protected TransportUnderTest start(ImEngine served) throws Exception {
            return through(StockTyrusTest.serve(served));
        }
    }
}
