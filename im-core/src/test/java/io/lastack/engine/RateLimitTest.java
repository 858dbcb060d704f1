package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.FrameKind;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.RateLimiter;
import io.lastack.spi.RateLimiter.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final List<RateLimiter.Attempt> asked = new ArrayList<>();

    private Scene refusing(Set<FrameKind> kinds) {
        return new Scene(b -> b.options(EngineOptions.defaults().withRateRefusals(3, Duration.ofSeconds(10)))
                .rateLimiter(attempt -> {
                    asked.add(attempt);
                    return kinds.contains(attempt.kind())
                            ? Verdict.exceeded("30 private messages a minute", 1_500)
                            : Verdict.ALLOWED;
                }));
    }

    @Test
    void whatIsOverTheLimitIsAnsweredWithTheLimitAndTheTimeAndHasNoEffect() {
        Scene scene = refusing(Set.of(FrameKind.DIRECT_MESSAGE));
        RawClient alice = scene.join("alice");
        long id = alice.send("user:bob", "m", "x");
        scene.run();
        assertThat(alice.reply(id).status().code()).isEqualTo(429);
        assertThat(alice.reply(id).status().message())
                .isEqualTo("over the limit of 30 private messages a minute; again in 1500 ms");
        assertThat(alice.reply(id).status().retryAfterMillis()).isEqualTo(1_500);
        assertThat(scene.engine.counters().messagesAppended()).isZero();
        assertThat(scene.engine.counters().framesOverLimit()).isEqualTo(1);
        assertThat(alice.closed).isNull();
    }

    @Test
    void theLimiterHearsWhoAsksFromWhereAndForWhat() {
        Scene scene = refusing(Set.of());
        RawClient alice = scene.join("alice", "phone");
        alice.send("group:g", "m", "x");
        alice.request(i -> new ClientFrame.Conversations(i, null, 10));
        alice.request(ClientFrame.Ping::new);
        alice.ack("direct:alice~bob", 1);
        scene.run();
        assertThat(asked)
                .extracting(RateLimiter.Attempt::kind)
                .containsExactly(FrameKind.LOGIN, FrameKind.GROUP_MESSAGE, FrameKind.QUERY);
        assertThat(asked.get(0).user()).isNull();
        assertThat(asked.get(1).user().value()).isEqualTo("alice");
        assertThat(asked.get(1).device().value()).isEqualTo("phone");
        assertThat(asked).extracting(RateLimiter.Attempt::address).allMatch(a -> a.startsWith("memory:"));
    }

    @Test
    void whoGoesOnRegardlessIsClosed() {
        Scene scene = refusing(Set.of(FrameKind.SIGNAL));
        RawClient alice = scene.join("alice");
        for (int i = 0; i < 3; i++) {
            alice.write(new ClientFrame.Signal("user:bob", "typing", Body.NONE));
        }
        scene.run();
        assertThat(alice.closed).isNull();
        assertThat(alice.all(ServerFrame.Error.class))
                .hasSize(3)
                .allMatch(e -> e.status().code() == 429);
        alice.write(new ClientFrame.Signal("user:bob", "typing", Body.NONE));
        scene.run();
        assertThat(alice.closed.code()).isEqualTo(CloseReason.RATE_LIMITED);
    }

    @Test
    void whoIsRefusedNowAndThenIsNotClosed() {
        Scene scene = refusing(Set.of(FrameKind.SIGNAL));
        RawClient alice = scene.join("alice");
        for (int i = 0; i < 12; i++) {
            alice.write(new ClientFrame.Signal("user:bob", "typing", Body.NONE));
            scene.pass(Duration.ofSeconds(4));
        }
        assertThat(alice.closed).isNull();
    }

    @Test
    void aLoginOverTheLimitIsRefusedBeforeItsTokenIsLookedAt() {
        Scene scene = new Scene(b -> b.authenticator(c -> {
                    throw new AssertionError("asked");
                })
                .rateLimiter(attempt -> Verdict.exceeded("60 logins a minute", 100)));
        RawClient alice = scene.connect("alice", "phone");
        long id = alice.hello();
        scene.run();
        assertThat(alice.reply(id).status().code()).isEqualTo(429);
        assertThat(alice.closed.code()).isEqualTo(CloseReason.RATE_LIMITED);
    }
}
