package io.lastack.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final Window window = new Window(4, 1_000);
    private final InFlight inFlight = new InFlight();

    @Test
    void eachMessageTakesAPlaceAndItsBytes() {
        for (int i = 0; i < 3; i++) {
            inFlight.add(300, window);
            assertThat(window.isOpen()).isTrue();
        }
        inFlight.add(300, window);
        assertThat(window.isOpen()).isFalse();

        inFlight.releaseOldest(2, window);
        assertThat(window.isOpen()).isTrue();
        assertThat(window.free()).isEqualTo(2);
        inFlight.releaseNewest(2, window);
        assertThat(window.isEmpty()).isTrue();
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void aRunTakesOnePlaceHoweverLongItIs() {
        inFlight.addSkipped(1_000_000_000_000L / 1_000, window);
        assertThat(window.free()).isEqualTo(3);
        inFlight.add(10, window);

        inFlight.releaseOldest(1_000_000_000L, window);
        assertThat(window.free()).isEqualTo(3);
        inFlight.releaseOldest(1, window);
        assertThat(window.isEmpty()).isTrue();
    }

    @Test
    void aRunLongerThanAnIntIsReleasedToTheLastSeq() {
        long run = 3L * Integer.MAX_VALUE;
        inFlight.addSkipped(run, window);
        inFlight.releaseOldest(run - 1, window);
        assertThat(inFlight.isEmpty()).isFalse();
        inFlight.releaseOldest(1, window);
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(window.isEmpty()).isTrue();
    }

    @Test
    void aRunThatIsReleasedInPartKeepsItsPlaceAtEitherEnd() {
        inFlight.add(10, window);
        inFlight.addSkipped(100, window);
        inFlight.add(20, window);

        inFlight.releaseOldest(51, window);
        inFlight.releaseNewest(31, window);
        assertThat(window.free()).isEqualTo(3);
        inFlight.releaseNewest(19, window);
        assertThat(window.free()).isEqualTo(3);
        inFlight.releaseNewest(1, window);
        assertThat(window.isEmpty()).isTrue();
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void manyMessagesGoRoundTheRing() {
        Window wide = new Window(1_000, 1 << 20);
        for (int i = 0; i < 50; i++) {
            inFlight.add(i, wide);
            inFlight.add(i, wide);
            inFlight.addSkipped(2, wide);
            inFlight.releaseOldest(3, wide);
        }
        inFlight.releaseAll(wide);
        assertThat(wide.isEmpty()).isTrue();
        wide.grow(1 << 20);
        wide.take(1 << 19);
        assertThat(wide.isOpen()).isTrue();
    }
}
