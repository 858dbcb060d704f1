package io.lastack.transport.tyrus.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 6455 from the side of a client, in the order of the cases that the Autobahn suite made known: framing, pings and
 * pongs, reserved bits, opcodes, fragmentation, UTF-8, closing.
 */
class Rfc6455Test {

    private static final int LIMIT = 200_000;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(new ServerLimits(LIMIT, LIMIT, 4 * LIMIT, 1024, 100, 100, 2000), TestServer.TIMEOUTS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, LIMIT})
    void payloadsAtTheBordersOfTheThreeFormsOfLengthComeBackAsTheyWere(int size) throws Exception {
        var payload = new byte[size];
        new Random(size).nextBytes(payload);
        try (var client = server.upgraded()) {
            client.frame(RawClient.BINARY, payload);
            assertThat(client.frame()).satisfies(frame -> {
                assertThat(frame.first()).isEqualTo(RawClient.BINARY);
                assertThat(frame.payload()).isEqualTo(payload);
            });
            var text = "*".repeat(size);
            client.text(text);
            assertThat(client.frame().text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "827e0000, 1002",
        "827e007d, 1002",
        "827f0000000000000000, 1002",
        "827f000000000000ffff, 1002",
        "827f8000000000000000, 1002",
        "827fffffffffffffffff, 1002",
        "827f7fffffffffffffff, 1009",
        "827f0000000000030d41, 1009",
    })
    void lengthsInALongerFormThanNeededOrBeyondAllBoundsAreRefusedByTheHeader(String header, int code)
            throws Exception {
        var bytes = HexFormat.of().parseHex(header);
        bytes[1] |= (byte) 0x80;
        assertThat(closeCodeFor(concat(bytes, new byte[4]))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "ffffffff", "01020304", "00ff00ff", "80000000"})
    void anyMaskIsTakenOffWhereverTheNetworkCutsTheFrame(String mask) throws Exception {
        var key = HexFormat.of().parseHex(mask);
        var text = "Hello-µ@ßöäüàá-UTF-8!!".getBytes(UTF_8);
        var frame = new byte[6 + text.length];
        frame[0] = (byte) RawClient.TEXT;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(key, 0, frame, 2, 4);
        for (int i = 0; i < text.length; i++) {
            frame[6 + i] = (byte) (text[i] ^ key[i % 4]);
        }
        try (var client = server.upgraded()) {
            for (byte one : frame) {
                client.bytes(new byte[] {one});
            }
            assertThat(client.frame().payload()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x82, 0x01, 0x88, 0x89, 0x8A})
    void aFrameWithoutMaskIsRefusedWhateverItIs(int first) throws Exception {
        assertThat(closeCodeFor((byte) first, (byte) 0)).isEqualTo(1002);
    }

    @Test
    void pingsAreAnsweredInOrderWithTheirPayloadAndPongsNobodyAskedForAreNot() throws Exception {
        try (var client = server.upgraded()) {
            client.frame(RawClient.PONG, "unasked".getBytes(UTF_8));
            for (int size : new int[] {0, 1, 125}) {
                var payload = new byte[size];
                Arrays.fill(payload, (byte) 0xFE);
                client.frame(RawClient.PING, payload);
                var pong = client.frame();
                assertThat(pong.first()).isEqualTo(RawClient.PONG);
                assertThat(pong.payload()).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x88, 0x89, 0x8A})
    void controlFramesOver125BytesAreRefused(int first) throws Exception {
        assertThat(closeCodeFor(RawClient.frameBytes(first, new byte[126]))).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x08, 0x09, 0x0A})
    void controlFramesInFragmentsAreRefused(int first) throws Exception {
        assertThat(closeCodeFor(RawClient.frameBytes(first, new byte[1]))).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10, 0x70, 0x60, 0x50, 0x30})
    void reservedBitsAreRefusedOnEveryKindOfFrame(int bits) throws Exception {
        for (int first : new int[] {0x81, 0x82, 0x88, 0x89, 0x8A, 0x01}) {
            assertThat(closeCodeFor(RawClient.frameBytes(first | bits, new byte[] {3, (byte) 0xE8})))
                    .as("first byte %02x with %02x", first, bits)
                    .isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void unknownOpcodesAreRefusedAndWhatCameBeforeIsServed(int opcode) throws Exception {
        try (var client = server.upgraded()) {
            client.bytes(concat(
                    RawClient.frameBytes(RawClient.TEXT, "before".getBytes(UTF_8)),
                    RawClient.frameBytes(0x80 | opcode, new byte[0]),
                    RawClient.frameBytes(RawClient.TEXT, "after".getBytes(UTF_8))));
            assertThat(client.frame().text()).isEqualTo("before");
            assertThat(client.frame().closeCode()).isEqualTo(1002);
        }
    }

    /** Frames as first byte in hex, colon, text; what comes back, in order; a number is a close code. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01:a 80:b                  | ab",
                "01:a 00:b 00:c 80:d        | abcd",
                "01:  00:  80:x             | x",
                "01:a 80:                   | a",
                "01:a 89:p 80:b             | p ab",
                "01:a 8A:p 80:b             | ab",
                "01:a 89:p 00:b 89:q 80:c   | p q abc",
                "02:a 00:b 80:c             | abc",
                "01:a 80:b 02:c 80:d        | ab cd",
                "80:a                       | 1002",
                "00:a                       | 1002",
                "81:x 80:a                  | x 1002",
                "81:x 00:a                  | x 1002",
                "01:a 81:b                  | 1002",
                "01:a 01:b                  | 1002",
                "01:a 82:b                  | 1002",
                "01:a 80:b 80:c             | ab 1002",
                "01:a 89:p 81:b             | p 1002",
            })
    void fragmentsAreJoinedInOrderAndControlFramesMayStandBetweenThem(String frames, String answers) throws Exception {
        try (var client = server.upgraded()) {
            for (String frame : frames.strip().split(" +", -1)) {
                var text = frame.substring(3).getBytes(UTF_8);
                client.frame(Integer.parseInt(frame.substring(0, 2), 16), text);
            }
            for (String answer : answers.strip().split(" ", -1)) {
                var frame = client.frame();
                assertThat(frame.closeCode() >= 0 ? String.valueOf(frame.closeCode()) : frame.text())
                        .isEqualTo(answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "ed9fbf",
                "ee8080",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "efbfbe",
                "cebae1bdb9cf83cebcceb5",
            })
    void wellFormedTextComesBackAlsoCutAtEveryByte(String hex) throws Exception {
        var text = HexFormat.of().parseHex(hex);
        try (var client = server.upgraded()) {
            client.frame(RawClient.TEXT, text);
            assertThat(client.frame().payload()).isEqualTo(text);
            sendByteByByte(client, text);
            assertThat(client.frame().payload()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "c241",
                "e08080",
                "e09fbf",
                "e080",
                "eda080",
                "edbfbf",
                "e282",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "f7bfbfbf",
                "f8888080",
                "fe",
                "ff",
                "f09d84",
                "cebae1bdb9cf83cebcceb5eda080656469746564",
            })
    void malformedTextIsRefusedWith1007WholeAndInPieces(String hex) throws Exception {
        var text = HexFormat.of().parseHex(hex);
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.TEXT, text))).isEqualTo(1007);
        try (var client = server.upgraded()) {
            sendByteByByte(client, text);
            assertThat(client.frame().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void malformedTextIsRefusedWithTheFragmentThatBreaksIt() throws Exception {
        assertThat(closeCodeFor(RawClient.frameBytes(0x01, new byte[] {'a', (byte) 0xED, (byte) 0xA0})))
                .isEqualTo(1007);
        assertThat(closeCodeFor(concat(
                        RawClient.frameBytes(0x01, new byte[] {(byte) 0xF4}),
                        RawClient.frameBytes(0x00, new byte[] {(byte) 0x90}))))
                .isEqualTo(1007);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void aCloseWithACodeThatMayBeSentIsAnsweredWithIt(int code) throws Exception {
        try (var client = server.upgraded()) {
            client.close(code);
            assertThat(client.frame().closeCode()).isEqualTo(code);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1012, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
    void aCloseWithACodeThatMayNotBeSentIsAnsweredWith1002(int code) throws Exception {
        var payload = ByteBuffer.allocate(2).putShort((short) code).array();
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.CLOSE, payload))).isEqualTo(1002);
    }

    @Test
    void aClosePayloadIsNothingOrACodeAndTextInUtf8() throws Exception {
        var longest = concat(new byte[] {3, (byte) 0xE8}, "*".repeat(123).getBytes(UTF_8));
        var broken = concat(new byte[] {3, (byte) 0xE8}, HexFormat.of().parseHex("cebaeda080"));
        var cut = concat(new byte[] {3, (byte) 0xE8}, HexFormat.of().parseHex("e282"));
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.CLOSE, new byte[0])))
                .isEqualTo(1000);
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.CLOSE, new byte[1])))
                .isEqualTo(1002);
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.CLOSE, longest))).isEqualTo(1000);
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.CLOSE, broken))).isEqualTo(1007);
        assertThat(closeCodeFor(RawClient.frameBytes(RawClient.CLOSE, cut))).isEqualTo(1007);
    }

    @Test
    void nothingIsServedAfterAClose() throws Exception {
        try (var client = server.upgraded()) {
            client.bytes(concat(
                    RawClient.frameBytes(RawClient.CLOSE, new byte[] {3, (byte) 0xE8}),
                    RawClient.frameBytes(RawClient.PING, new byte[0]),
                    RawClient.frameBytes(RawClient.TEXT, "too late".getBytes(UTF_8)),
                    RawClient.frameBytes(RawClient.CLOSE, new byte[] {3, (byte) 0xE8})));
            assertThat(client.frame().closeCode()).isEqualTo(1000);
            assertThat(client.isEnded()).isTrue();
        }
    }

    private static void sendByteByByte(RawClient client, byte[] text) throws IOException {
        for (int i = 0; i < text.length; i++) {
            int last = i == text.length - 1 ? 0x80 : 0;
            client.frame((i == 0 ? 0x01 : 0x00) | last, new byte[] {text[i]});
        }
    }

    private static int closeCodeFor(byte... bytes) throws IOException {
        try (var client = server.upgraded()) {
            client.bytes(bytes);
            return client.frame().closeCode();
        }
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
