package io.lastack.transport.tyrus.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void theSharedPartsOfAPacketReachEveryClientAsOneMessage() throws Exception {
        var head = "{\"frames\":[".getBytes(UTF_8);
        var frame = "{\"shared\":1}".getBytes(UTF_8);
        var tail = "]}".getBytes(UTF_8);
        try (var server = new TestServer();
                var one = server.upgraded();
                var two = server.upgraded()) {
            for (int i = 0; i < 2; i++) {
                var writer =
                        PacketChannel.of(TestServer.next(server.echo.sessions)).orElseThrow();
                assertThat(written(writer, true, head, frame, tail)).succeedsWithin(Duration.ofSeconds(10));
            }
            for (var client : List.of(one, two)) {
                var message = client.frame();
                assertThat(message.first()).isEqualTo(RawClient.TEXT);
                assertThat(message.text()).isEqualTo("{\"frames\":[{\"shared\":1}]}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536, 200_000})
    void aPacketOfAnySizeIsFramedRight(int size) throws Exception {
        try (var server = new TestServer();
                var client = server.upgraded()) {
            var writer = PacketChannel.of(TestServer.next(server.echo.sessions)).orElseThrow();
            var done = written(writer, false, new byte[size / 3], new byte[size - size / 3]);
            var message = client.frame();
            assertThat(message.first()).isEqualTo(RawClient.BINARY);
            assertThat(message.payload()).hasSize(size);
            assertThat(done).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void packetsAndWhatTheEngineWritesKeepTheirOrder() throws Exception {
        try (var server = new TestServer();
                var client = server.upgraded()) {
            var session = TestServer.next(server.echo.sessions);
            var writer = PacketChannel.of(session).orElseThrow();
            for (int i = 0; i < 100; i++) {
                writer.write(true, List.of(("p" + i).getBytes(UTF_8)), failure -> {});
                session.getAsyncRemote().sendText("e" + i, result -> {});
                session.getAsyncRemote().sendPing(ByteBuffer.wrap(("g" + i).getBytes(UTF_8)));
            }
            session.close();
            var read = new ArrayList<String>();
            for (var frame = client.frame(); frame.first() != RawClient.CLOSE; frame = client.frame()) {
                read.add(frame.text());
            }
            var expected = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                expected.addAll(List.of("p" + i, "e" + i, "g" + i));
            }
            assertThat(read).isEqualTo(expected);
        }
    }

    @Test
    void afterTheCloseFrameAPacketFailsInsteadOfFollowing() throws Exception {
        try (var server = new TestServer();
                var client = server.upgraded()) {
            var session = TestServer.next(server.echo.sessions);
            var writer = PacketChannel.of(session).orElseThrow();
            session.close();
            assertThat(written(writer, true, new byte[1]))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableOfType(ExecutionException.class);
            assertThat(client.frame().closeCode()).isEqualTo(1000);
            client.close(1000);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aConsumerThatNeverReadsIsHeldToTheBoundThenTold4413AndReset() throws Exception {
        var timeouts = new ServerTimeouts(LONG, Duration.ofMillis(300), LONG);
        try (var server = new TestServer(TestServer.LIMITS, timeouts);
                var client = new RawClient(server.port(), 4096)) {
            client.handshake("/echo", "");
            assertThat(client.response().status()).isEqualTo(101);
            var session = TestServer.next(server.echo.sessions);
            var writer = PacketChannel.of(session).orElseThrow();
            flood(writer);
            assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode())
                    .isEqualTo(4413);
            assertThat(client.end()).isEqualTo("reset");
            assertThat(writer.pendingBytes()).isZero();
        }
    }

    @Test
    void whatTheEngineWritesIsBoundAsWell() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, Duration.ofMillis(300), LONG));
                var client = new RawClient(server.port(), 4096)) {
            client.handshake("/echo", "");
            assertThat(client.response().status()).isEqualTo(101);
            var remote = TestServer.next(server.echo.sessions).getAsyncRemote();
            var text = "x".repeat(10_000);
            var failed = new CompletableFuture<Throwable>();
            for (int i = 0; i < 10_000 && !failed.isDone(); i++) {
                remote.sendText(text, result -> {
                    if (!result.isOK()) {
                        failed.complete(result.getException());
                    }
                });
            }
            assertThat(failed).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(SlowConsumerException.class);
            assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode())
                    .isEqualTo(4413);
        }
    }

    @Test
    void aConsumerThatReadsAgainInTimeGetsTheReason() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, LONG, LONG));
                var client = new RawClient(server.port(), 4096)) {
            client.handshake("/echo", "");
            assertThat(client.response().status()).isEqualTo(101);
            flood(PacketChannel.of(TestServer.next(server.echo.sessions)).orElseThrow());
            var frame = client.frame();
            while (frame.first() != RawClient.CLOSE) {
                frame = client.frame();
            }
            assertThat(frame.closeCode()).isEqualTo(4413);
            client.close(4413);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aKilledConnectionIsResetAndItsQueueFreedWhateverIsInFlight() throws Exception {
        try (var server = new TestServer(TestServer.LIMITS, new ServerTimeouts(LONG, LONG, LONG));
                var client = new RawClient(server.port(), 4096)) {
            client.handshake("/echo", "");
            assertThat(client.response().status()).isEqualTo(101);
            var writer = PacketChannel.of(TestServer.next(server.echo.sessions)).orElseThrow();
            var results = new LinkedBlockingQueue<Boolean>();
            int sent = 0;
            while (writer.pendingBytes() < 200_000) {
                writer.write(false, List.of(new byte[10_000]), failure -> results.add(failure == null));
                sent++;
            }
            writer.kill("by intention of the test");
            writer.kill("twice does no harm");
            var outcomes = new ArrayList<Boolean>();
            for (int i = 0; i < sent; i++) {
                outcomes.add(TestServer.next(results));
            }
            assertThat(outcomes).contains(false);
            assertThat(client.end()).isEqualTo("reset");
            assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode())
                    .isEqualTo(1006);
            assertThat(writer.pendingBytes()).isZero();
            assertThat(results).isEmpty();
        }
    }

    /** Writes until the bound is met. */
    private static void flood(PacketChannel writer) throws Exception {
        var failed = new CompletableFuture<Throwable>();
        long most = 0;
        for (int i = 0; i < 10_000 && !failed.isDone(); i++) {
            writer.write(false, List.of(new byte[10_000]), failure -> {
                if (failure != null) {
                    failed.complete(failure);
                }
            });
            most = Math.max(most, writer.pendingBytes());
        }
        assertThat(failed.get(10, TimeUnit.SECONDS)).isInstanceOf(SlowConsumerException.class);
        assertThat(most).isLessThanOrEqualTo(TestServer.LIMITS.queuedBytes());
    }

    private static CompletableFuture<@Nullable Void> written(PacketChannel writer, boolean text, byte[]... parts) {
        var written = new CompletableFuture<@Nullable Void>();
        writer.write(text, List.of(parts), failure -> {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
        });
        return written;
    }
}
