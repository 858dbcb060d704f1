package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.TokenSource.Token;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<World> current = new AtomicReference<>();

    @Test
    void everyLinkPresentsAFreshToken() {
        World world = new World(b -> b.tokens(numbered(Duration.ofDays(1)))).online();
        world.connector.cut();
        world.run(1);
        assertThat(tokens(world)).containsExactly("t1", "t2");
    }

    @Test
    void aTokenIsReplacedOverTheLiveLinkBeforeItEnds() {
        World world = world(Duration.ofMinutes(10));
        world.online();
        world.run(9 * 60 - 2);
        assertThat(tokens(world)).containsExactly("t1");
        world.run(2);
        assertThat(tokens(world)).containsExactly("t1", "t2");

        world.run(9 * 60 + 1);
        assertThat(tokens(world)).containsExactly("t1", "t2", "t3");
        assertThat(world.server.sessions()).isEqualTo(1);
        ClientFrame.Hello renewal =
                world.server.received(ClientFrame.Hello.class).get(1);
        assertThat(renewal.deviceId()).isNull();
        assertThat(renewal.resume()).isEmpty();
    }

    @Test
    void theServersWordThatTheTokenEndsBringsAFreshOneOverTheLiveLink() {
        World world = world(Duration.ofDays(1));
        world.online();
        world.server.send(new ServerFrame.TokenExpiring(60_000));
        world.server.send(new ServerFrame.TokenExpiring(60_000));
        world.run(1);
        assertThat(tokens(world)).containsExactly("t1", "t2");
        assertThat(world.server.sessions()).isEqualTo(1);
        world.server.send(new ServerFrame.TokenExpiring(60_000));
        world.run(1);
        assertThat(tokens(world)).containsExactly("t1", "t2", "t3");
    }

    @Test
    void aTokenThatLivesShorterThanTheLeadIsReplacedHalfWay() {
        World world = world(Duration.ofSeconds(40));
        world.online();
        world.run(18);
        assertThat(tokens(world)).containsExactly("t1");
        world.run(2);
        assertThat(tokens(world)).containsExactly("t1", "t2");
    }

    @Test
    void aSourceThatHasNoNewTokenIsAskedMoreOftenAsTheEndComesNear() {
        AtomicInteger calls = new AtomicInteger();
        World world = new World(b -> b.tokens(() -> {
                    calls.incrementAndGet();
                    return new Token("same", 1_700_000_000_000L + 600_000);
                }))
                .online();
        world.run(600);
        assertThat(calls.get()).isBetween(5, 12);
        assertThat(tokens(world)).containsExactly("same");
    }

    @Test
    void aSourceThatFailsDuringARefreshIsAskedAgainInTime() {
        AtomicInteger failures = new AtomicInteger(3);
        World failing = new World(b -> b.tokens(() -> {
            if (asked.get() > 0 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("secret");
            }
            return new Token("t" + asked.incrementAndGet(), 1_700_000_000_000L + 600_000L * asked.get());
        }));
        failing.online();
        failing.run(599);
        assertThat(tokens(failing)).containsExactly("t1", "t2");
        assertThat(failing.server.sessions()).isEqualTo(1);
    }

    @Test
    void aTokenThatTheServerNoLongerTakesIsReplacedAndTheClientComesBack() {
        World world = new World(b -> b.tokens(numbered(Duration.ofDays(1)))).online();
        world.server.goodToken = token -> !token.equals("t1");
        world.server.close(CloseReason.UNAUTHENTICATED);
        world.run(1);
        assertThat(tokens(world)).containsExactly("t1", "t2");
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void aTokenThatCameTooLateIsPresentedAgain() {
        World world = new World();
        world.server.lateHellos = 3;
        world.client.start();
        world.run(60);
        assertThat(world.server.sessions()).isEqualTo(4);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void withoutAFreshTokenARefusedClientStaysAwayUntilAsked() {
        World world = new World();
        world.server.goodToken = token -> false;
        world.client.start();
        world.run(3_600);
        assertThat(world.server.sessions()).isEqualTo(1);
        assertThat(world.client.state()).isInstanceOfSatisfying(ConnectionState.Stopped.class, stopped -> {
            assertThat(stopped.reason().code()).isEqualTo(CloseReason.UNAUTHENTICATED);
            assertThat(stopped.reason().text()).doesNotContain("token-");
        });

        world.server.goodToken = token -> true;
        world.client.start();
        world.run(1);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void freshTokensThatAreAllRefusedAreTriedWithGrowingWaits() {
        World world = new World(b -> b.tokens(numbered(Duration.ofDays(1))));
        world.server.goodToken = token -> false;
        world.client.start();
        world.run(600);
        assertThat(world.server.sessions()).isBetween(20, 80);
    }

    @Test
    void aFreshTokenRefusedOnTheLiveLinkEndsTheLinkAndAnotherOneIsFetched() {
        World world = world(Duration.ofMinutes(10));
        world.server.goodToken = token -> !token.equals("t2");
        world.online();
        world.run(9 * 60 + 5);
        assertThat(tokens(world)).containsExactly("t1", "t2", "t3");
        assertThat(world.server.sessions()).isEqualTo(2);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void aSourceThatFailsIsAskedAgainWithGrowingWaits() {
        World world = new World(b -> b.tokens(() -> {
            if (asked.incrementAndGet() < 6) {
                throw new IOException("secret");
            }
            return new Token("t", Long.MAX_VALUE);
        }));
        world.client.start();
        world.run(60);
        assertThat(world.seen.waits).hasSize(5);
        assertThat(world.server.isConnected()).isTrue();
        assertThat(world.seen.states.toString())
                .contains("no token: IOException")
                .doesNotContain("secret");
    }

    @Test
    void theSourceIsAskedOnceForAllThatWait() {
        VirtualRuntime runtime = VirtualRuntime.seeded(1);
        Tokens tokens = new Tokens(new Turns(runtime, new Wire()), numbered(Duration.ofDays(1)));
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tokens.fetch(new Tokens.Taker() {
                @Override
                public void got(Token token) {
                    got.add(token.value());
                }

                @Override
                public void failed(String failure) {
                    got.add(failure);
                }
            });
        }
        runtime.runUntilIdle();
        assertThat(got).containsExactly("t1", "t1", "t1");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aTokenThatComesAfterItsLinkIsLostIsNotPresentedOnTheNext() {
        VirtualRuntime runtime = VirtualRuntime.seeded(1);
        Wire wire = new Wire();
        List<ClientFrame> written = new ArrayList<>();
        wire.open(new Connector.Link() {
            @Override
            public void write(List<ClientFrame> packet) {
                written.addAll(packet);
            }

            @Override
            public void close() {}
        });
        Turns turns = new Turns(runtime, wire);
        AtomicReference<TokenRefresh> refresh = new AtomicReference<>();
        Tokens tokens = new Tokens(turns, () -> {
            refresh.get().offline();
            return new Token("late", Long.MAX_VALUE);
        });
        refresh.set(new TokenRefresh(turns, wire, new Replies(), tokens, Duration.ZERO, reason -> {}));
        tokens.use(new Token("old", runtime.currentTimeMillis() + 10_000));
        refresh.get()
                .online(new ServerFrame.Welcome(
                        "s", "alice", "phone", 0, 0, 1, new ServerFrame.Limits(0, 0, 0), true, "e1"));
        runtime.advance(Duration.ofSeconds(30));
        assertThat(written).isEmpty();
    }

    @Test
    void noTokenIsShownByAnyText() {
        assertThat(new Token("secret", 1).toString()).doesNotContain("secret");
        assertThat(new ClientFrame.Hello(1, "secret", "d", List.of(), null, null).toString())
                .doesNotContain("secret");
    }

    private World world(Duration life) {
        World world = new World(b -> b.tokens(numbered(life)));
        current.set(world);
        return world;
    }

    /** t1, t2, …, each ending after {@code life}. */
    private TokenSource numbered(Duration life) {
        return () -> {
            World world = current.get();
            long now = world == null ? 1_700_000_000_000L : world.runtime.currentTimeMillis();
            return new Token("t" + asked.incrementAndGet(), now + life.toMillis());
        };
    }

    private static List<String> tokens(World world) {
        return world.server.received(ClientFrame.Hello.class).stream()
                .map(ClientFrame.Hello::token)
                .toList();
    }
}
