package io.lastack.transport.tyrus.netty;

import static io.lastack.transport.tyrus.netty.RawClient.BINARY;
import static io.lastack.transport.tyrus.netty.RawClient.CLOSE;
import static io.lastack.transport.tyrus.netty.RawClient.PING;
import static io.lastack.transport.tyrus.netty.RawClient.PONG;
import static io.lastack.transport.tyrus.netty.RawClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static final int TEXT_FRAGMENT = 0x01;
    private static final int BINARY_FRAGMENT = 0x02;
    private static final int CONTINUATION = 0x00;
    private static final int LAST_CONTINUATION = 0x80;

    private TestServer server;
    private RawClient client;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer();
        client = server.upgraded();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 1000, 8191, 8192})
    void aMessageOfAnySizeUpToTheLimitComesBackAsItWas(int size) throws Exception {
        var payload = new byte[size];
        new Random(size).nextBytes(payload);
        client.frame(BINARY, payload);
        assertThat(client.frame().payload()).isEqualTo(payload);
    }

    @Test
    void framesCutAndGluedAnyhowByTheNetworkAreReadTheSame() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            stream.writeBytes(
                    RawClient.frameBytes(TEXT, ("message " + "x".repeat(random.nextInt(300)) + i).getBytes(UTF_8)));
        }
        var bytes = stream.toByteArray();
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(400));
            client.bytes(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        for (int i = 0; i < 50; i++) {
            assertThat(client.frame().text())
                    .as("seed %d", seed)
                    .startsWith("message")
                    .endsWith(String.valueOf(i));
        }
    }

    @Test
    void aTextMessageOverTheLimitIsClosedWith1009ByItsHeaderAlone() throws Exception {
        client.bytes(Arrays.copyOf(RawClient.frameBytes(TEXT, new byte[4097]), 20));
        var close = client.frame();
        assertThat(close.closeCode()).isEqualTo(1009);
        assertThat(close.closeReason()).contains("4096");
        assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode()).isEqualTo(1009);
    }

    @Test
    void aBinaryMessageHasALimitOfItsOwn() throws Exception {
        client.frame(BINARY, new byte[4097]);
        assertThat(client.frame().payload()).hasSize(4097);
        client.frame(BINARY, new byte[8193]);
        assertThat(client.frame().closeCode()).isEqualTo(1009);
    }

    @Test
    void aHugeLengthIsRefusedWithoutWaitingForThePayload() throws Exception {
        client.bytes(new byte[] {(byte) BINARY, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4});
        assertThat(client.frame().closeCode()).isEqualTo(1009);
    }

    @Test
    void fragmentsAreJoinedAndAPingBetweenThemIsAnsweredAtOnce() throws Exception {
        var euro = "€".getBytes(UTF_8);
        client.frame(TEXT_FRAGMENT, new byte[] {'a', euro[0]});
        client.frame(PING, "now".getBytes(UTF_8));
        client.frame(CONTINUATION, new byte[] {euro[1]});
        client.frame(LAST_CONTINUATION, new byte[] {euro[2], 'z'});
        var pong = client.frame();
        assertThat(pong.first()).isEqualTo(PONG);
        assertThat(pong.text()).isEqualTo("now");
        assertThat(client.frame().text()).isEqualTo("a€z");
    }

    @Test
    void fragmentsThatTogetherPassTheLimitAreClosedWith1009() throws Exception {
        client.frame(BINARY_FRAGMENT, new byte[8000]);
        client.frame(LAST_CONTINUATION, new byte[193]);
        assertThat(client.frame().closeCode()).isEqualTo(1009);
        assertThat(server.echo.messages).hasValue(0);
    }

    @Test
    void theLimitCountsEachMessageForItself() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.frame(BINARY_FRAGMENT, new byte[4000]);
            client.frame(LAST_CONTINUATION, new byte[4000]);
            assertThat(client.frame().payload()).hasSize(8000);
        }
    }

    @Test
    void aMessageOfVeryManyFragmentsIsClosedWith1009HoweverSmallTheyAre() throws Exception {
        client.frame(BINARY_FRAGMENT, new byte[0]);
        for (int i = 0; i < 1024; i++) {
            client.frame(CONTINUATION, new byte[0]);
        }
        assertThat(client.frame().closeCode()).isEqualTo(1009);
    }

    @Test
    void anUnmaskedFrameIsClosedWith1002AndNothingAfterItIsServed() throws Exception {
        client.bytes(new byte[] {(byte) TEXT, 2, 'h', 'i'});
        client.text("and now masked");
        var close = client.frame();
        assertThat(close.closeCode()).isEqualTo(1002);
        assertThat(close.closeReason()).contains("masked");
        assertThat(server.echo.messages).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC1, 0xA2, 0x83, 0x8B, 0x80, 0x00, 0x09})
    void reservedBitsUnknownOpcodesAndStrayContinuationsAreClosedWith1002(int first) throws Exception {
        client.frame(first, new byte[] {1});
        assertThat(client.frame().closeCode()).isEqualTo(1002);
    }

    @Test
    void aNewMessageWithinAFragmentedOneIsClosedWith1002() throws Exception {
        client.frame(TEXT_FRAGMENT, new byte[] {'a'});
        client.text("b");
        assertThat(client.frame().closeCode()).isEqualTo(1002);
    }

    @Test
    void aPingOver125BytesIsClosedWith1002() throws Exception {
        client.frame(PING, new byte[126]);
        assertThat(client.frame().closeCode()).isEqualTo(1002);
    }

    @Test
    void aLengthNotWrittenInTheFewestBytesIsClosedWith1002() throws Exception {
        client.bytes(new byte[] {(byte) BINARY, (byte) (0x80 | 126), 0, 5, 0, 0, 0, 0, 1, 2, 3, 4, 5});
        assertThat(client.frame().closeCode()).isEqualTo(1002);
    }

    @Test
    void textThatIsNoUtf8IsClosedWith1007() throws Exception {
        client.frame(TEXT, new byte[] {'a', (byte) 0xC0, (byte) 0xAF});
        assertThat(client.frame().closeCode()).isEqualTo(1007);
    }

    @Test
    void aCloseIsAnsweredWithTheSameCodeAndThenTheServerEndsTheConnection() throws Exception {
        client.close(1000);
        assertThat(client.frame().closeCode()).isEqualTo(1000);
        assertThat(client.isEnded()).isTrue();
        assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode()).isEqualTo(1000);
    }

    @Test
    void aCloseWithoutACodeIsANormalOne() throws Exception {
        client.frame(CLOSE, new byte[0]);
        assertThat(client.frame().closeCode()).isEqualTo(1000);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aConnectionThatIsJustGoneIsA1006ForTheEndpoint() throws Exception {
        client.close();
        assertThat(TestServer.next(server.echo.closed).getCloseCode().getCode()).isEqualTo(1006);
    }
}
