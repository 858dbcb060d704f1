package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.proto.WireCodec;
import io.lastack.testkit.transport.TcpRelay;
import io.lastack.testkit.transport.TransportContract;
import io.lastack.testkit.transport.TransportUnderTest;
import java.net.URI;
import org.junit.jupiter.api.Nested;

/** Server-sent events, in both codecs. */
class SseContractTest {

    @Nested
    class Json extends TransportContract {
        @Override
        protected TransportUnderTest start(ImEngine served) throws Exception {
            return serve(served, WireCodec.JSON);
        }
    }

    @Nested
    class Proto extends TransportContract {
        @Override
        protected TransportUnderTest start(ImEngine served) throws Exception {
            return serve(served, WireCodec.PROTO);
        }
    }

    private static TransportUnderTest serve(ImEngine served, WireCodec codec) throws Exception {
        var server = TyrusServer.builder(served)
                .host("127.0.0.1")
                .port(0)
                .ioThreads(2)
                .start();
        var relay = new TcpRelay(server.port());
        var uri = URI.create("http://127.0.0.1:" + relay.port() + "/im/sse");
        return TransportUnderTest.overTcp(SseConnector.to(uri, codec, WebSocketContractTest.HTTP), relay, server);
    }
}
