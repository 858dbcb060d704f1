package io.lastack.transport.tyrus.netty;

import static io.lastack.transport.tyrus.netty.RawClient.BINARY;
import static io.lastack.transport.tyrus.netty.RawClient.PING;
import static io.lastack.transport.tyrus.netty.RawClient.PONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.transport.tyrus.http.HttpRoutes;
import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that cost work and count towards no limit of messages or bytes. */
class FloodTest {

    private static final int PER_SECOND = 20;

    private TestServer server;
    private RawClient client;

    @BeforeEach
    void open() throws Exception {
        var limits = new ServerLimits(4096, 8192, 256 * 1024, 1024, 100, 50, PER_SECOND);
        server = new TestServer(limits, TestServer.TIMEOUTS, HttpRoutes.none(), Gate.open());
        client = server.upgraded();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    /** Enough for every second that the sending may take to have too many. */
    @ParameterizedTest
    @ValueSource(ints = {PING, PONG, BINARY, 0x81})
    void aFloodOfFramesThatCarryNothingIsClosedWith4429(int first) throws Exception {
        var flood = new ByteArrayOutputStream();
        for (int i = 0; i < 50 * PER_SECOND; i++) {
            flood.writeBytes(RawClient.frameBytes(first, new byte[0]));
        }
        client.bytes(flood.toByteArray());
        assertThat(closeCode()).isEqualTo(4429);
    }

    @Test
    void aFloodOfEmptyFragmentsIsClosedWith4429() throws Exception {
        var flood = new ByteArrayOutputStream();
        flood.writeBytes(RawClient.frameBytes(0x02, new byte[] {1}));
        for (int i = 0; i < 50 * PER_SECOND; i++) {
            flood.writeBytes(RawClient.frameBytes(0x00, new byte[0]));
        }
        client.bytes(flood.toByteArray());
        assertThat(closeCode()).isEqualTo(4429);
        assertThat(server.echo.messages).hasValue(0);
    }

    @Test
    void asManyAsAreAllowedDoNoHarmAndFramesThatCarrySomethingDoNotCount() throws Exception {
        for (int i = 0; i < PER_SECOND; i++) {
            client.frame(PING, new byte[0]);
            assertThat(client.frame().first()).isEqualTo(PONG);
        }
        IntStream.range(0, 10 * PER_SECOND).forEach(i -> {
            try {
                client.text("message " + i);
                assertThat(client.frame().text()).isEqualTo("message " + i);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private int closeCode() throws Exception {
        while (true) {
            var frame = client.frame();
            if (frame.closeCode() >= 0) {
                return frame.closeCode();
            }
        }
    }
}
