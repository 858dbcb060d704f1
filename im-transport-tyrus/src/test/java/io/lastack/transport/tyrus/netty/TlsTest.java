package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    private Path folder;

    @Test
    void routesWebSocketsAndTheCloseWorkOverTls() throws Exception {
        var keys = TestKeys.create(folder);
        var echo = new EchoEndpoint();
        var timeouts = new ServerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        var options = new ServerOptions(
                "localhost",
                0,
                1,
                TestServer.LIMITS,
                timeouts,
                OriginRule.sameHost(),
                TrustedProxies.none(),
                TlsContext.of(keys.keyManagers()),
                60);
        var routes =
                HttpRoutes.builder().get("/", call -> HttpReply.text(200, "ok")).build();
        var client = HttpClient.newBuilder().sslContext(keys.clientContext()).build();
        var listener = new Listener();
        try (var server = NettyServer.start(
                options, routes, List.of(new UpgradePath(echo.config("/echo"), Gate.open())), List.of())) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=60");
            var socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + server.port() + "/echo"), listener)
                    .get(10, TimeUnit.SECONDS);
            socket.sendText("encrypted", true).get(10, TimeUnit.SECONDS);
            assertThat(listener.text.get(10, TimeUnit.SECONDS)).isEqualTo("encrypted");
            assertThat(TestServer.next(echo.sessions).isSecure()).isTrue();
        }
        assertThat(listener.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1001);
    }

    @Test
    void onlyTls12And13AreSpoken() throws Exception {
        var tls = TlsContext.of(TestKeys.create(folder).keyManagers());
        var engine = tls.current().newEngine(UnpooledByteBufAllocator.DEFAULT);
        assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    private static final class Listener implements WebSocket.Listener {

        final CompletableFuture<String> text = new CompletableFuture<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
