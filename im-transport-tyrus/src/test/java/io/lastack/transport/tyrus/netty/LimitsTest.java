package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void connectionsOverTheLimitAreToldThatTheServerIsFull() throws Exception {
        try (var server = new TestServer(limits(2, 50), TestServer.TIMEOUTS);
                var first = server.upgraded();
                var second = server.upgraded();
                var third = server.connect()) {
            third.handshake("/echo", "");
            var answer = third.response();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(third.isEnded()).isTrue();
            first.text("served");
            assertThat(first.frame().text()).isEqualTo("served");
            second.close();
            assertThat(TestServer.next(server.echo.closed)).isNotNull();
        }
    }

    @Test
    void connectionsOverTheLimitOfAnAddressAreToldToWait() throws Exception {
        try (var server = new TestServer(limits(50, 1), TestServer.TIMEOUTS);
                var first = server.upgraded();
                var second = server.connect()) {
            second.handshake("/echo", "");
            assertThat(second.response().status()).isEqualTo(429);
            assertThat(second.isEnded()).isTrue();
            first.text("served");
            assertThat(first.frame().text()).isEqualTo("served");
        }
    }

    @Test
    void aPlaceIsFreeAgainWhenAConnectionHasEnded() throws Exception {
        try (var server = new TestServer(limits(1, 1), TestServer.TIMEOUTS)) {
            for (int i = 0; i < 3; i++) {
                try (var client = server.upgraded()) {
                    client.close(1000);
                    assertThat(client.frame().closeCode()).isEqualTo(1000);
                    assertThat(client.isEnded()).isTrue();
                }
                CompletableFuture.runAsync(() -> {
                            while (server.server.connections() > 0) {
                                Thread.onSpinWait();
                            }
                        })
                        .get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void countsNameWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerLimits(124, 1024, 1024, 0, 1, 1, 1))
                .withMessage("textBytes is 124; it must be 125 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .withMessage("accept is PT0S; it must be longer than zero");
    }

    private static ServerLimits limits(int connections, int perAddress) {
        return new ServerLimits(4096, 4096, 64 * 1024, 1024, connections, perAddress, 1000);
    }
}
