package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ServerTimeouts SHORT_ACCEPT = new ServerTimeouts(SHORT, LONG, SHORT);
    /** Long enough for a request, on a machine that stands still meanwhile. */
    private static final ServerTimeouts ACCEPT = new ServerTimeouts(Duration.ofSeconds(2), LONG, SHORT);

    private static final ServerTimeouts SHORT_CLOSE = new ServerTimeouts(LONG, SHORT, SHORT);

    @Test
    void whoSaysNothingIsClosed() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, SHORT_ACCEPT);
                var client = server.connect()) {
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void whoNeverFinishesARequestIsClosed() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, SHORT_ACCEPT);
                var client = server.connect()) {
            client.ascii("GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: webso");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aGateThatNeverDecidesDoesNotHoldTheConnection() throws Exception {
        Gate undecided = opening -> new CompletableFuture<>();
        try (var server = new TestServer(TestServer.LIMITS, SHORT_ACCEPT, HttpRoutes.none(), undecided);
                var client = server.connect()) {
            client.handshake("/guarded", "");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aConnectionKeptForAnotherRequestIsClosedIfNoneComes() throws Exception {
        var routes =
                HttpRoutes.builder().get("/", call -> HttpReply.text(200, "ok")).build();
        try (var server = new TestServer(TestServer.LIMITS, ACCEPT, routes, Gate.open());
                var client = server.connect()) {
            client.ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void theAcceptTimeoutEndsWithTheUpgrade() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, ACCEPT);
                var client = server.upgraded();
                var later = server.connect()) {
            // The later connection has timed out, so the time of the earlier one is over, too.
            assertThat(later.isEnded()).isTrue();
            client.text("still here");
            assertThat(client.frame().text()).isEqualTo("still here");
        }
    }

    @Test
    void whoIsRefusedAndKeepsTheConnectionOpenIsClosed() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, SHORT_CLOSE);
                var client = server.connect()) {
            client.handshake("/nowhere", "");
            assertThat(client.response().status()).isEqualTo(404);
            assertThat(client.isEnded()).isTrue();
            awaitNoConnections(server);
        }
    }

    @Test
    void whoDoesNotAnswerACloseIsReset() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, SHORT_CLOSE);
                var client = server.upgraded()) {
            var session = TestServer.next(server.echo.sessions);
            session.close(new CloseReason(CloseCodes.getCloseCode(4409), "the same device connected again"));
            var close = client.frame();
            assertThat(close.closeCode()).isEqualTo(4409);
            assertThat(close.closeReason()).isEqualTo("the same device connected again");
            assertThat(client.end()).isEqualTo("reset");
            awaitNoConnections(server);
        }
    }

    @Test
    void whoAnswersACloseIsReleasedAtOnce() throws Exception {
        var timeouts = new ServerTimeouts(LONG, LONG, SHORT);
        try (var server = new TestServer(TestServer.LIMITS, timeouts);
                var client = server.upgraded()) {
            TestServer.next(server.echo.sessions).close();
            assertThat(client.frame().closeCode()).isEqualTo(1000);
            client.text("too late");
            client.close(1000);
            assertThat(client.end()).isEqualTo("end");
            assertThat(server.echo.messages).hasValue(0);
        }
    }

    private static void awaitNoConnections(TestServer server) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (server.server.connections() > 0) {
            assertThat(System.nanoTime()).as("connections are still counted").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
