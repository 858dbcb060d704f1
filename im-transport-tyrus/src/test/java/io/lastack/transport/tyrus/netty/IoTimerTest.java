package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IoTimerTest {

    private final MockTicker clock = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(clock).build();
    private final List<String> acted = new ArrayList<>();

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void itActsOnceAndNeverBeforeItsTime() {
        start(120, "one");
        pass(119);
        assertThat(acted).isEmpty();
        pass(31);
        assertThat(acted).containsExactly("one");
        pass(1_000);
        assertThat(acted).containsExactly("one");
    }

    @Test
    void thoseOfOneTwentiethOfASecondActTogetherInTheirOrder() {
        start(120, "one");
        pass(10);
        start(120, "two");
        pass(10);
        start(135, "next");
        pass(130);
        assertThat(acted).containsExactly("one", "two");
        pass(50);
        assertThat(acted).containsExactly("one", "two", "next");
    }

    @Test
    void aTimeThatEndsOnTheGridIsNotPassed() {
        start(100, "one");
        pass(100);
        assertThat(acted).containsExactly("one");
    }

    @Test
    void oneThatIsCancelledDoesNotAct() {
        var timer = start(120, "one");
        pass(50);
        timer.cancel();
        pass(1_000);
        assertThat(acted).isEmpty();
    }

    @Test
    void oneThatIsCancelledWhenItIsDueAndHasNotHadItsTurnDoesNotAct() {
        var later = new IoTimer[1];
        IoTimer.start(channel.eventLoop(), 120, () -> {
            acted.add("first");
            later[0].cancel();
        });
        later[0] = start(120, "second");
        pass(1_000);
        assertThat(acted).containsExactly("first");
    }

    private IoTimer start(long millis, String name) {
        return IoTimer.start(channel.eventLoop(), millis, () -> acted.add(name));
    }

    /** What is due has its turn after the others, so there are several looks at what is due. */
    private void pass(long millis) {
        clock.advance(millis, TimeUnit.MILLISECONDS);
        for (int look = 0; look < 8; look++) {
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }
}
