package io.lastack.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever the bytes, a decoder answers with frames or with {@link MalformedPacketException}, in bounded memory. */
class FuzzTest {
    private static final int PACKETS = Seeds.rounds(40_000);
    private static final int MAX_EDITS = 6;

    /** What a packet of any size may cost: the buffers of the parser, and classes that are loaded on the way. */
    private static final long ALLOWED_ALWAYS = 1 << 20;

    /** A list of empty messages costs most: two bytes of protobuf, or three of JSON, for one of them. */
    private static final long ALLOWED_PER_BYTE = 128;

    /** What is worth putting anywhere: lengths, ends, tags, and the words of the protocol. */
    static final List<byte[]> TOKENS = tokens();

    private final Random random = Seeds.random(FuzzTest.class);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void damagedPacketsAreReadOrRefused(WireCodec codec) {
        List<byte[]> client = Samples.client().values().stream()
                .map(frame -> Packets.ofClient(codec, List.of(frame, frame)))
                .toList();
        List<byte[]> server = Samples.server().values().stream()
                .map(frame -> Packets.ofServer(codec, List.of(frame, frame)))
                .toList();
        int refused = 0;
        for (int i = 0; i < PACKETS; i++) {
            refused += decode(codec, damaged(pick(client))) + decode(codec, damaged(pick(server)));
        }
        assertThat(refused).as("refused of " + 4 * PACKETS).isBetween(PACKETS / 10, 4 * PACKETS - PACKETS / 10);
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void arbitraryBytesAreReadOrRefused(WireCodec codec) {
        for (int i = 0; i < PACKETS; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            decode(codec, bytes);
        }
    }

    @ParameterizedTest
    @FieldSource("io.lastack.proto.Packets#CODECS")
    void piecesOfTheProtocolInAnyOrderAreReadOrRefused(WireCodec codec) {
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = {};
            for (int pieces = random.nextInt(20); pieces > 0; pieces--) {
                packet = spliced(packet, packet.length, packet.length, pick(TOKENS));
            }
            decode(codec, packet);
        }
    }

    @Test
    void manySmallThingsCostMemoryInProportionToThePacket() {
        decode(
                WireCodec.JSON,
                ("{\"frames\":[{\"ack\":{\"positions\":[" + "{},".repeat(200_000) + "{}]}}]}")
                        .getBytes(StandardCharsets.UTF_8));
        decode(WireCodec.JSON, ("{\"frames\":[" + "{},".repeat(200_000) + "{}]}").getBytes(StandardCharsets.UTF_8));
        decode(WireCodec.JSON, ("{\"frames\":[{\"" + "x".repeat(200_000) + "\":1}]}").getBytes(StandardCharsets.UTF_8));
        decode(
                WireCodec.JSON,
                ("{\"frames\":[{\"requestId\":" + "9".repeat(200_000) + "}]}").getBytes(StandardCharsets.UTF_8));
        decode(WireCodec.PROTO, "\n\0".repeat(200_000).getBytes(StandardCharsets.UTF_8));
        byte[] positions = "\n\0".repeat(8_000).getBytes(StandardCharsets.UTF_8);
        decode(WireCodec.PROTO, spliced(HexFormat.of().parseHex("0A837D2A807D"), 6, 6, positions));
    }

    /** Reads a packet as from either side. @return how many of the two were refused */
    private int decode(WireCodec codec, byte[] packet) {
        int refused = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Packets.fromClient(codec, packet);
        } catch (MalformedPacketException e) {
            refused++;
        } catch (RuntimeException | Error e) {
            fail(codec + " threw on " + HexFormat.of().formatHex(packet), e);
        }
        try {
            Packets.fromServer(codec, packet);
        } catch (MalformedPacketException e) {
            refused++;
        } catch (RuntimeException | Error e) {
            fail(codec + " threw on " + HexFormat.of().formatHex(packet), e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > 2 * (ALLOWED_ALWAYS + ALLOWED_PER_BYTE * packet.length)) {
            fail(codec + " allocated " + allocated + " bytes for a packet of " + packet.length + ": "
                    + HexFormat.of().formatHex(packet, 0, Math.min(packet.length, 1_000)));
        }
        return refused;
    }

    private byte[] damaged(byte[] packet) {
        byte[] result = packet.clone();
        for (int edits = 1 + random.nextInt(MAX_EDITS); edits > 0; edits--) {
            int from = random.nextInt(result.length + 1);
            int to = Math.min(result.length, from + random.nextInt(4));
            result = switch (random.nextInt(5)) {
                case 0 -> flipped(result);
                case 1 -> spliced(result, from, to, new byte[0]);
                case 2 -> spliced(result, from, from, pick(TOKENS));
                case 3 -> spliced(result, from, to, pick(TOKENS));
                default -> spliced(result, from, from, Arrays.copyOfRange(packet, 0, random.nextInt(packet.length)));
            };
        }
        return result;
    }

    private byte[] flipped(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + between.length);
        System.arraycopy(between, 0, result, from, between.length);
        System.arraycopy(bytes, to, result, from + between.length, bytes.length - to);
        return result;
    }

    private byte[] pick(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<byte[]> tokens() {
        List<byte[]> tokens = new ArrayList<>();
        for (String hex : List.of(
                "00",
                "0A",
                "0B",
                "0C",
                "0A00",
                "0AFF",
                "FFFFFFFF07",
                "FFFFFFFFFFFFFFFFFF01",
                "8080808080808080808080",
                "0801",
                "22",
                "2A",
                "C0AF",
                "EDA080",
                "EFBBBF")) {
            tokens.add(HexFormat.of().parseHex(hex));
        }
        for (String text : List.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\\",
                "\\u",
                "\\ud83d",
                "null",
                "true",
                "-1",
                "1e999",
                "0.5",
                "NaN",
                "99999999999999999999",
                "{}",
                "[]",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "{\"frames\":[",
                "]}",
                "\"requestId\":",
                "\"send\":",
                "\"ack\":{",
                "\"positions\":[",
                "\"text\":",
                "\"body\":",
                "\"ext\":{",
                "\"group\":{",
                "\"deliver\":{",
                "\"messages\":[",
                "\"seq\":",
                "\"conversation\":")) {
            tokens.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return tokens;
    }
}
