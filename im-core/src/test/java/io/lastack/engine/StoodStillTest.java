package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process that was stopped, or whose machine slept, goes on as if no time had passed. */
class StoodStillTest {
    private static final String CHAT = "direct:alice~bob";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Scene scene = new Scene();
    private final EngineOptions options = EngineOptions.defaults();

    @Test
    void nobodyIsBlamedForSilence() {
        RawClient bob = scene.join("bob");
        RawClient late = scene.connect("carol", "carol-1");
        standStill();
        assertThat(bob.closed).isNull();
        assertThat(late.closed).isNull();
        late.hello();
        scene.run();
        assertThat(late.all(ServerFrame.Welcome.class)).hasSize(1);
    }

    @Test
    void whatIsNotAcknowledgedYetIsNotSentAgain() {
        RawClient bob = scene.join("bob");
        scene.join("alice").send("user:bob", "m1", "hello");
        scene.run();
        standStill();
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
        bob.ack(CHAT, 1);
        scene.pass(options.ackTimeout().multipliedBy(2));
        assertThat(bob.seqs(CHAT)).containsExactly(1L);
    }

    @Test
    void aWriteThatWasInFlightHasItsTime() {
        RawClient bob = scene.join("bob");
        RawClient alice = scene.join("alice");
        scene.transport.links().get(0).freeze();
        alice.send("user:bob", "m1", "hello");
        scene.run();
        standStill();
        assertThat(isOnline("bob")).isTrue();
        scene.pass(options.writeTimeout().multipliedBy(2));
        assertThat(isOnline("bob")).as("a consumer that hangs").isFalse();
        assertThat(scene.engine.counters().connectionsEnded()).containsOnlyKeys(CloseReason.TOO_SLOW);
        assertThat(bob.closed).as("told over a link that is frozen").isNull();
    }

    @Test
    void whoIsSilentAfterwardsIsStillGivenUp() {
        scene.join("bob");
        scene.transport.links().get(0).freeze();
        standStill();
        assertThat(isOnline("bob")).isTrue();
        scene.pass(options.heartbeat().multipliedBy(3));
        assertThat(isOnline("bob")).isFalse();
    }

    private void standStill() {
        scene.pass(Duration.ofSeconds(1));
        scene.runtime.standStill(HOUR);
        scene.pass(Duration.ofSeconds(1));
    }

    private boolean isOnline(String user) {
        return scene.engine.presence().isOnline(UserId.of(user));
    }
}
