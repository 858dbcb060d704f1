package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void everyClientHears1001AndTheServerWaitsForItsAnswer() throws Exception {
        var earlier = acceptingThreads();
        var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, LONG, LONG));
        try (var client = server.upgraded();
                var idle = server.connect()) {
            var accepting = acceptingThreads();
            accepting.removeAll(earlier);
            assertThat(accepting).isNotEmpty();
            var stopped = CompletableFuture.runAsync(server::close);
            assertThat(client.frame().closeCode()).isEqualTo(1001);
            assertThat(idle.isEnded()).isTrue();
            assertThat(stopped).isNotDone();
            assertThatIOException().isThrownBy(server::connect);
            // While its thread lives, the selector may hold the socket, and the system accepts for it: seldom long
            // enough to see.
            for (var thread : accepting) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
            client.close(1001);
            assertThat(client.end()).isEqualTo("end");
            stopped.get(10, TimeUnit.SECONDS);
            assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode())
                    .isEqualTo(1001);
        }
    }

    private static Set<Thread> acceptingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("im-accept"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void whatWasSentBeforeIsStillDelivered() throws Exception {
        var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, LONG, LONG));
        try (var client = server.upgraded()) {
            TestServer.next(server.echo.sessions).getAsyncRemote().sendText("the last word", result -> {});
            var stopped = CompletableFuture.runAsync(server::close);
            assertThat(client.frame().text()).isEqualTo("the last word");
            assertThat(client.frame().closeCode()).isEqualTo(1001);
            client.close(1001);
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoDoesNotAnswerIsResetWhenTheTimeIsUp() throws Exception {
        var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, LONG, Duration.ofMillis(200)));
        try (var client = server.upgraded()) {
            CompletableFuture.runAsync(server::close).get(10, TimeUnit.SECONDS);
            assertThat(client.end()).isEqualTo("reset");
            assertThat(server.server.connections()).isZero();
        }
    }

    @Test
    void aRequestInProgressIsStillAnswered() throws Exception {
        var waiting = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var routes = HttpRoutes.builder()
                .get("/slow", call -> {
                    waiting.countDown();
                    return HttpReply.text(200, release.await(10, TimeUnit.SECONDS) ? "done" : "gave up");
                })
                .build();
        var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, LONG, LONG), routes, Gate.open());
        try (var client = server.connect();
                var idle = server.connect()) {
            client.ascii("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            var stopped = CompletableFuture.runAsync(server::close);
            assertThat(idle.isEnded()).isTrue();
            release.countDown();
            var answer = client.response();
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(client.isEnded()).isTrue();
            client.close();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void stoppingTwiceIsStoppingOnceAndLeavesNoThread() throws Exception {
        var server = new TestServer();
        int port = server.port();
        try (var client = server.upgraded()) {
            client.close(1000);
            assertThat(client.frame().closeCode()).isEqualTo(1000);
        }
        server.close();
        server.close();
        assertThatIOException().isThrownBy(() -> new RawClient(port));
    }

    @Test
    void aPortInUseIsToldByItsNumber() throws Exception {
        try (var server = new TestServer()) {
            var options = new ServerOptions(
                    "127.0.0.1",
                    server.port(),
                    1,
                    TestServer.LIMITS,
                    TestServer.TIMEOUTS,
                    OriginRule.any(),
                    TrustedProxies.none(),
                    null,
                    0);
            assertThatIOException()
                    .isThrownBy(() ->
                            NettyServer.start(options, HttpRoutes.none(), java.util.List.of(), java.util.List.of()))
                    .withMessageContaining(String.valueOf(server.port()));
        }
    }
}
