package io.lastack.transport.tyrus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ImMetricsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .runtime(runtime)
            .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
            .build();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theMetersTellWhatTheEngineDid() {
        ImMetrics.of(engine).bindTo(registry);
        ImClient bob = ImClient.builder(runtime, MemoryTransport.to(engine, runtime))
                .device(DeviceId.of("phone"))
                .tokens(TokenSource.of("bob"))
                .listener(new ClientListener() {})
                .build();
        bob.start();
        runtime.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            engine.messages().send(Draft.text(ALICE, ConversationId.direct(ALICE, BOB), "m" + i));
        }
        runtime.advance(Duration.ofSeconds(1));
        assertThat(registry.get("lastack.connections").gauge().value()).isEqualTo(1);
        assertThat(registry.get("lastack.users.active").gauge().value()).isEqualTo(1);
        assertThat(registry.get("lastack.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("lastack.messages.appended").functionCounter().count())
                .isEqualTo(3);
        assertThat(registry.get("lastack.append").functionTimer().count())
                .isEqualTo((double) engine.counters().appendCommits())
                .isPositive();
        assertThat(registry.get("lastack.append").functionTimer().totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo((double) engine.counters().appendNanos());

        bob.close();
        runtime.advance(Duration.ofSeconds(1));
        assertThat(registry.get("lastack.connections").gauge().value()).isZero();
        assertThat(registry.get("lastack.connections.ended")
                        .tag("code", "1000")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.getMeters()).allMatch(meter -> meter.getId().getDescription() != null);
    }

    @Test
    void anEngineThatGoesAwayIsNotUp() {
        ImMetrics.of(engine).bindTo(registry);
        engine.drain(Duration.ofSeconds(1));
        runtime.advance(Duration.ofSeconds(2));
        assertThat(registry.get("lastack.up").gauge().value()).isZero();
        assertThat(engine.health().problems()).containsExactly("this node is going away");
    }
}
