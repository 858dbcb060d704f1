package io.lastack.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int SIZE = 4_096;
    private final Window window = new Window(1_000, 1 << 20);

    @Test
    void whoAcknowledgesNothingGetsTheFirstBytesAndNoMore() {
        assertThat(fill()).isEqualTo(Window.FIRST_BYTES / SIZE);
        assertThat(window.freeBytes()).isEqualTo(1);
        window.release(10, 10 * SIZE);
        assertThat(fill()).as("taken back, not acknowledged").isEqualTo(10);
    }

    @Test
    void whatIsAcknowledgedDoublesWhatMayBeOnItsWayUpToTheBound() {
        for (int expected : new int[] {16, 32, 64, 128, 256, 256}) {
            int sent = fill();
            assertThat(sent).isEqualTo(expected);
            window.release(sent, (long) sent * SIZE);
            window.grow((long) sent * SIZE);
        }
    }

    @Test
    void oneMessageAlwaysFitsAndSmallOnesAreBoundByTheirNumber() {
        Window small = new Window(3, 100);
        assertThat(small.isOpen()).isTrue();
        small.take(5_000);
        assertThat(small.isOpen()).isFalse();
        Window few = new Window(3, 1 << 20);
        for (int i = 0; i < 3; i++) {
            assertThat(few.isOpen()).isTrue();
            few.take(1);
        }
        assertThat(few.isOpen()).isFalse();
    }

    private int fill() {
        int sent = 0;
        while (window.isOpen()) {
            window.take(SIZE);
            sent++;
        }
        return sent;
    }
}
