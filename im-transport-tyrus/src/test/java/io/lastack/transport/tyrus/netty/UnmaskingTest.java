package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnmaskingTest {

    @Test
    void eightBytesAtATimeGivesWhatOneByteAtATimeGivesAndTouchesNothingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int length = 0; length <= 70; length++) {
            for (int index = 0; index < 9; index++) {
                var bytes = new byte[index + length + 9];
                random.nextBytes(bytes);
                int key = random.nextInt();
                var expected = bytes.clone();
                for (int i = 0; i < length; i++) {
                    expected[index + i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
                }
                var buffer = Unpooled.copiedBuffer(bytes);
                Unmasking.apply(buffer, index, length, key);
                assertThat(buffer.array())
                        .as("seed %d, length %d, index %d", seed, length, index)
                        .isEqualTo(expected);
            }
        }
    }
}
