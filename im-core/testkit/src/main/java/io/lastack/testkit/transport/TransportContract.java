package io.lastack.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of every transport: order, whole packets, close codes, silence, slow consumers, abrupt ends and drain, seen
 * from clients and from the engine. Extend it, and say how to bring up the transport.
 */
public abstract class TransportContract {

    private final ImRuntime runtime = ImRuntime.system();
    private @Nullable ImEngine engine;
    private @Nullable TransportUnderTest transport;

    /** Brings up the transport in front of the engine. Called once or not at all in each test. */
    protected abstract TransportUnderTest start(ImEngine served) throws Exception;

    private TransportUnderTest serve(UnaryOperator<EngineOptions> options) throws Exception {
        engine = ImEngine.builder(MemoryStore.create())
                .runtime(runtime)
                .options(options.apply(EngineOptions.defaults()))
                .authenticator(credentials -> credentials.token().equals("bad")
                        ? new AuthOutcome.Rejected("the token is not valid")
                        : new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token()))))
                .build();
        transport = start(engine);
        return transport;
    }

    private TransportUnderTest serve() throws Exception {
        return serve(options -> options);
    }

    @AfterEach
    final void stop() throws Exception {
        if (engine != null) {
            engine.close();
        }
        if (transport != null) {
            transport.close();
        }
        runtime.close();
    }

    private boolean isOnline(String user) {
        return engine != null && engine.presence().isOnline(UserId.of(user));
    }

    @Test
    void packetsOfAnySizeArriveWholeAndInOrderBothWays() throws Exception {
        var connector = serve().connector();
        try (var alice = Peer.greeted(connector, "alice");
                var bob = Peer.greeted(connector, "bob")) {
            var sizes = new int[] {1, 100, 125, 126, 127, 10_000, 60_000, 3, 16_384, 1};
            for (int i = 0; i < 50; i++) {
                alice.write(Peer.message(100 + i, "bob", "ü".repeat(sizes[i % sizes.length] / 2 + 1) + i));
            }
            for (int i = 0; i < 50; i++) {
                var reply = alice.reply(100 + i);
                assertThat(reply.status().code()).as(reply.status().message()).isEqualTo(200);
            }
            List<Message> got = new ArrayList<>();
            while (got.size() < 50) {
                got.addAll(bob.next(ServerFrame.Deliver.class).messages());
                long last = got.get(got.size() - 1).seq();
                bob.write(new ClientFrame.Ack(List.of(new ClientFrame.Position("direct:alice~bob", last)), List.of()));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(got.get(i).seq()).isEqualTo(i + 1);
                assertThat(got.get(i).content().payload().asText())
                        .isEqualTo("ü".repeat(sizes[i % sizes.length] / 2 + 1) + i);
            }
        }
    }

    @Test
    void manyFramesInOneCallAreAnsweredEachInOrder() throws Exception {
        try (var alice = Peer.greeted(serve().connector(), "alice")) {
            alice.link()
                    .write(IntStream.range(2, 1002)
                            .<ClientFrame>mapToObj(ClientFrame.Ping::new)
                            .toList());
            for (int i = 2; i < 1002; i++) {
                assertThat(alice.next(ServerFrame.Reply.class).requestId()).isEqualTo(i);
            }
        }
    }

    @Test
    void closingALinkTwiceIsClosingItOnceAndWhatIsWrittenAfterwardsIsDropped() throws Exception {
        try (var alice = Peer.greeted(serve().connector(), "alice")) {
            alice.link().close();
            alice.link().close();
            assertThat(alice.end().code()).isEqualTo(CloseReason.NORMAL);
            await(() -> !isOnline("alice"));
            alice.write(new ClientFrame.Ping(7));
        }
    }

    @Test
    void aClientThatHasGoneMayComeBack() throws Exception {
        var connector = serve().connector();
        for (int i = 0; i < 3; i++) {
            try (var alice = Peer.greeted(connector, "alice")) {
                assertThat(isOnline("alice")).isTrue();
                alice.link().close();
                assertThat(alice.end().code()).isEqualTo(CloseReason.NORMAL);
            }
            await(() -> !isOnline("alice"));
        }
    }

    @Test
    void whoSaysNoHelloInTimeIsClosedWith4401() throws Exception {
        var connector = serve(options -> options.withHelloTimeout(Duration.ofMillis(200)))
                .connector();
        try (var nobody = Peer.connect(connector)) {
            var end = nobody.end();
            assertThat(end.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
            assertThat(end.text()).isNotBlank();
        }
    }

    @Test
    void aBadTokenIsClosedWith4401AndWhatFollowsItIsNotServed() throws Exception {
        var connector = serve().connector();
        try (var mallory = Peer.connect(connector);
                var bob = Peer.greeted(connector, "bob")) {
            mallory.write(Peer.hello("bad", "m-1"), Peer.message(2, "bob", "let me in"));
            mallory.write(Peer.message(3, "bob", "please"));
            assertThat(mallory.end().code()).isEqualTo(CloseReason.UNAUTHENTICATED);
            try (var alice = Peer.greeted(connector, "alice")) {
                alice.write(Peer.message(2, "bob", "good morning"));
                assertThat(bob.next(ServerFrame.Deliver.class)
                                .messages()
                                .get(0)
                                .content()
                                .payload()
                                .asText())
                        .isEqualTo("good morning");
            }
        }
    }

    @Test
    void theSameDeviceAgainReplacesTheOlderConnectionWith4409() throws Exception {
        var connector = serve().connector();
        try (var older = Peer.greeted(connector, "alice");
                var newer = Peer.greeted(connector, "alice")) {
            assertThat(older.end().code()).isEqualTo(CloseReason.REPLACED);
            newer.write(new ClientFrame.Ping(5));
            assertThat(newer.reply(5).status().code()).isEqualTo(200);
        }
    }

    @Test
    void aPeerThatIsIdleStaysWhileTheNetworkWorks() throws Exception {
        var connector =
                serve(options -> options.withHeartbeat(Duration.ofMillis(700))).connector();
        try (var idle = Peer.greeted(connector, "alice");
                var clock = Peer.greeted(connector, "bob")) {
            long until = System.nanoTime() + Duration.ofMillis(1_700).toNanos();
            for (int i = 2; System.nanoTime() < until; i++) {
                clock.write(new ClientFrame.Ping(i));
                assertThat(clock.reply(i).status().code()).isEqualTo(200);
            }
            idle.write(new ClientFrame.Ping(9));
            assertThat(idle.reply(9).status().code()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionThatFallsSilentIsGivenUp() throws Exception {
        var network = serve(options -> options.withHeartbeat(Duration.ofMillis(200)));
        try (var alice = Peer.greeted(network.connector(), "alice")) {
            network.freeze();
            await(() -> !isOnline("alice"));
            network.cut();
            alice.end();
        }
    }

    @Test
    void aConnectionThatBreaksIsToldToBothSides() throws Exception {
        var network = serve();
        try (var alice = Peer.greeted(network.connector(), "alice")) {
            network.cut();
            assertThat(alice.end().code()).isEqualTo(1006);
            await(() -> !isOnline("alice"));
            try (var again = Peer.greeted(network.connector(), "alice")) {
                again.write(new ClientFrame.Ping(5));
                assertThat(again.reply(5).status().code()).isEqualTo(200);
            }
        }
    }

    @Test
    void aConsumerThatHangsIsGivenUpAndHoldsUpNobody() throws Exception {
        var connector = serve(options -> options.withWindow(10_000, 64 << 20)
                        .withHeartbeat(Duration.ofSeconds(1))
                        .withWriteTimeout(Duration.ofMillis(500)))
                .connector();
        try (var stuck = Peer.greeted(connector, "bob");
                var alice = Peer.greeted(connector, "alice")) {
            stuck.hang();
            String text = "x".repeat(60_000);
            for (int i = 2; i < 402; i++) {
                alice.write(Peer.message(i, "bob", text));
                assertThat(alice.reply(i).status().code()).isEqualTo(200);
            }
            await(() -> !isOnline("bob"));
            stuck.goOn();
            stuck.end();
        }
    }

    @Test
    void anEngineThatDrainsClosesWith1001() throws Exception {
        var connector = serve().connector();
        try (var alice = Peer.greeted(connector, "alice")) {
            if (engine != null) {
                engine.close();
            }
            assertThat(alice.end().code()).isEqualTo(CloseReason.GOING_AWAY);
        }
    }

    @Test
    void clientsOverConnectionsThatBreakAgainAndAgainLoseAndRepeatNothing() throws Exception {
        var network = serve();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        try (var alice = client(network, "alice", new ArrayList<>());
                var bob = client(network, "bob", seen)) {
            alice.start();
            bob.start();
            List<String> sent = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 25; i++) {
                    sent.add("round " + round + " message " + i);
                    alice.send(UserId.of("bob"), Content.text(sent.get(sent.size() - 1)));
                }
                int half = sent.size() - 12;
                await(() -> seen.size() >= half);
                network.cut();
            }
            await(() -> seen.size() >= sent.size());
            assertThat(seen).isEqualTo(sent);
        }
    }

    private ImClient client(TransportUnderTest network, String user, List<String> seen) {
        return ImClient.builder(runtime, network.connector())
                .tokens(TokenSource.of(user))
                .device(DeviceId.of(user + "-1"))
                .listener(new ClientListener() {
                    @Override
                    public void message(Message message) {
                        seen.add(message.content().payload().asText());
                    }
                })
                .build();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
