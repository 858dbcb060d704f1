package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {

    @Test
    void everyCodePointIsAcceptedWhereverItIsCut() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                Utf8Check check = new Utf8Check();
                for (int i = 0; i < bytes.length; i++) {
                    assertThat(check.isComplete()).isEqualTo(i == 0);
                    assertThat(check.accepts(Unpooled.wrappedBuffer(bytes), i, 1))
                            .as("U+%X", codePoint)
                            .isTrue();
                }
                assertThat(check.isComplete()).isTrue();
            }
        }
    }

    /** The decoder of the JDK is the judge; pieces of few kinds of bytes make nearly every sequence. */
    @Test
    void itAgreesWithTheDecoderOfTheJdkOnRandomBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] interesting = {
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
        };
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(5)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) interesting[random.nextInt(interesting.length)];
            }
            Utf8Check check = new Utf8Check();
            boolean good = check.accepts(Unpooled.wrappedBuffer(bytes), 0, bytes.length) && check.isComplete();
            assertThat(good)
                    .as("seed %d: %s", seed, java.util.HexFormat.of().formatHex(bytes))
                    .isEqualTo(isUtf8(bytes));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
