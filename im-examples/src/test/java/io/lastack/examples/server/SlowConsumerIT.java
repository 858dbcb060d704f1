package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers that do not consume: the server stays within its memory, others go on, nothing is lost. */
class SlowConsumerIT {
    private static final int MESSAGES = 30_000;
    private static final String TEXT = "x".repeat(2_000);

    @TempDir
    Path directory;

    @Test
    void oneThatNeverReadsAndOneThatNeverAcksAreClosedAndLoseNothing() throws IOException {
        try (ServerProcess server = ServerProcess.start(directory, "-Xmx160m")) {
            WireClient alice = WireClient.join(server, WireCodec.PROTO, "alice", "web", true);
            WireClient good = WireClient.join(server, WireCodec.PROTO, "bob", "good", true);
            WireClient silent = WireClient.join(server, WireCodec.JSON, "bob", "silent", false);
            try (Socket deaf = neverReads(server, server.login("bob"))) {
                send(alice, good);

                assertThat(silent.awaitClose()).as("never acks").isEqualTo(4408);
                assertThat(deaf.isConnected()).isTrue();
                good.awaitThat(
                        "the end of the one that never reads",
                        () -> server.log().stream()
                                .anyMatch(line ->
                                        line.contains("deaf") && (line.contains("4413") || line.contains("4408"))));
            }
            assertThat(good.seqs("direct:alice~bob")).isEqualTo(seqs());
            assertThat(silent.count("direct:alice~bob")).isLessThanOrEqualTo(256 * 6);

            for (String device : List.of("silent", "deaf")) {
                WireClient back = WireClient.join(server, WireCodec.PROTO, "bob", device, true);
                back.awaitCount("direct:alice~bob", MESSAGES);
                assertThat(back.seqs("direct:alice~bob")).as(device).isEqualTo(seqs());
                back.cut();
            }
            assertThat(server.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }

    private static List<Long> seqs() {
        return LongStream.rangeClosed(1, MESSAGES).boxed().toList();
    }

    private static void send(WireClient alice, WireClient good) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            ids.add(alice.send("user:bob", "m" + i, TEXT));
            if (i % 200 == 199) {
                alice.await(ids.get(i));
            }
        }
        good.awaitCount("direct:alice~bob", MESSAGES);
    }

    /** Shakes hands, says hello, and never reads another byte. */
    private static Socket neverReads(ServerProcess server, String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new java.net.InetSocketAddress("localhost", server.port()));
        OutputStream out = socket.getOutputStream();
        out.write(("GET /im?device=deaf HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: lastack.v1.json\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    @Test
    void aConnectionThatIsCutIsNoticedAtOnce() {
        try (ServerProcess server = ServerProcess.start(directory)) {
            WireClient alice = WireClient.join(server, WireCodec.JSON, "alice", "web", true);
            WireClient watcher = WireClient.join(server, WireCodec.JSON, "bob", "web", true);
            alice.cut();
            watcher.awaitThat(
                    "the clean-up of the cut connection",
                    () -> server.status().path("connections").asInt() == 1);
            watcher.await(watcher.request(ClientFrame.Ping::new));
        }
    }
}
