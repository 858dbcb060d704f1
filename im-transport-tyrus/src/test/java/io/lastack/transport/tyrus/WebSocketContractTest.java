package io.lastack.transport.tyrus;

import io.lastack.ImEngine;
import io.lastack.proto.WireCodec;
import io.lastack.testkit.transport.TcpRelay;
import io.lastack.testkit.transport.TransportContract;
import io.lastack.testkit.transport.TransportUnderTest;
import java.net.URI;
import java.net.http.HttpClient;

/** WebSocket, in our own server, over protobuf. */
class WebSocketContractTest extends TransportContract {

    static final HttpClient HTTP = HttpClient.newHttpClient();

    @Override
    protected TransportUnderTest start(ImEngine served) throws Exception {
        var server = TyrusServer.builder(served)
                .host("127.0.0.1")
                .port(0)
                .ioThreads(2)
                .start();
        return through(server.port(), WireCodec.PROTO, server);
    }

    /** A server whose WebSocket is at {@code /im} of the port. */
    static TransportUnderTest through(int port, WireCodec codec, AutoCloseable server) throws Exception {
        var relay = new TcpRelay(port);
        var uri = URI.create("ws://127.0.0.1:" + relay.port() + "/im");
        return TransportUnderTest.overTcp(WebSocketConnector.to(uri, codec, HTTP), relay, server);
    }
}
