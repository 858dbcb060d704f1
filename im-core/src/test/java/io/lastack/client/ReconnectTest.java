package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.DeviceId;
import io.lastack.memory.MemoryLink;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectTest {
    @Test
    void aLostLinkIsReplacedAndEveryStepIsTold() {
        World world = new World().online();
        world.connector.cut();
        world.run(1);
        assertThat(world.seen.trace).containsExactly("Connecting", "Online", "Waiting", "Connecting", "Online");
        assertThat(world.client.state())
                .isEqualTo(new ConnectionState.Online("s2", ScriptedServer.ALICE, DeviceId.of("phone")));
    }

    @Test
    void waitsGrowWithinTheirBoundsWhileTheServerIsAway() {
        World world = new World();
        world.transport.setReachable(false);
        world.client.start();
        world.run(3_600);

        List<Long> waits = world.seen.waits;
        for (int i = 0; i < waits.size(); i++) {
            assertThat(waits.get(i)).isBetween(0L, (long) Math.min(30_000, 500 * Math.pow(2, i)));
        }
        // Some 15 s each on average.
        assertThat(waits).hasSizeBetween(180, 320);
        assertThat(world.seen.states.get(0)).isEqualTo(new ConnectionState.Connecting(1));
        assertThat(world.seen.states.get(2)).isEqualTo(new ConnectionState.Connecting(2));

        world.transport.setReachable(true);
        world.run(31);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void clientsThatLoseTheSameServerComeBackAtDifferentTimes() {
        List<Long> first = new ArrayList<>();
        for (long seed = 1; seed <= 200; seed++) {
            World world = new World(seed, b -> {}).online();
            world.transport.setReachable(false);
            world.connector.cut();
            world.run(0.001);
            first.addAll(world.seen.waits.subList(0, 1));
        }
        assertThat(first.stream().distinct()).hasSizeGreaterThan(120);
        assertThat(first.stream().mapToLong(w -> w).average().orElseThrow()).isBetween(200.0, 300.0);
    }

    @Test
    void aLinkThatHeldForAWhileBeginsTheWaitsAnew() {
        World world = new World().online();
        for (int i = 0; i < 20; i++) {
            world.run(31);
            world.connector.cut();
        }
        world.run(1);
        assertThat(world.seen.waits).hasSize(20).allSatisfy(w -> assertThat(w).isLessThanOrEqualTo(500));
    }

    @Test
    void linksThatBreakAtOnceAreNotHammered() {
        World world = new World();
        world.server.refusal = request -> {
            if (request instanceof ClientFrame.Ping) {
                world.connector.cut();
            }
            return null;
        };
        world.client.start();
        for (int i = 0; i < 600; i++) {
            world.client.requests().ping();
            world.run(1);
        }
        assertThat(world.server.sessions()).isBetween(20, 100);
    }

    @Test
    void aServerThatGoesAwayIsLeftUntilTheTimeItSaid() {
        World world = new World().online();
        world.server.send(new ServerFrame.GoAway("draining", 7_000));
        world.run(1);
        world.server.close(CloseReason.GOING_AWAY);
        world.run(5.9);
        assertThat(world.server.sessions()).isEqualTo(1);
        world.run(0.2);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void aServerThatGoesAwayAndDoesNotCloseIsLeftAtTheTimeItSaid() {
        World world = new World().online();
        world.server.send(new ServerFrame.GoAway("draining", 7_000));
        world.run(6.9);
        assertThat(world.server.sessions()).isEqualTo(1);
        world.run(0.2);
        assertThat(world.server.sessions()).isEqualTo(2);
        assertThat(world.server.isConnected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {CloseReason.REPLACED, CloseReason.POLICY})
    void aClientThatWasReplacedOrRefusedStaysAwayUntilAsked(int code) {
        World world = new World().online();
        world.server.close(code);
        world.run(3_600);
        assertThat(world.client.state())
                .isInstanceOfSatisfying(
                        ConnectionState.Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo(code));
        assertThat(world.server.sessions()).isEqualTo(1);

        world.client.start();
        world.run(1);
        assertThat(world.server.isConnected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                CloseReason.NORMAL,
                CloseReason.PROTOCOL_ERROR,
                CloseReason.TOO_LARGE,
                CloseReason.SERVER_ERROR,
                CloseReason.SILENT,
                CloseReason.TOO_SLOW,
                CloseReason.RATE_LIMITED
            })
    void afterOtherClosesItComesBack(int code) {
        World world = new World().online();
        world.server.close(code);
        world.run(1);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void aHelloThatIsPutOffIsRepeatedWhenTheServerSays() {
        World world = new World();
        world.server.refusal = request -> request instanceof ClientFrame.Hello ? new Status(503, "full", 20_000) : null;
        world.client.start();
        world.run(19);
        assertThat(world.server.sessions()).isEqualTo(1);
        world.server.refusal = request -> null;
        world.run(2);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void aHelloThatIsWrongStopsTheClient() {
        World world = new World();
        world.server.refusal =
                request -> request instanceof ClientFrame.Hello ? Status.of(400, "no such device") : null;
        world.client.start();
        world.run(600);
        assertThat(world.server.sessions()).isEqualTo(1);
        assertThat(world.client.state())
                .isInstanceOfSatisfying(
                        ConnectionState.Stopped.class,
                        stopped -> assertThat(stopped.reason().text())
                                .isEqualTo("hello was refused with 400: no such device"));
    }

    @Test
    void aLinkThatDiesWithoutAWordIsNoticedWithinTwoHeartbeats() {
        World world = new World().online();
        world.transport.links().forEach(MemoryLink::freeze);
        world.server.say(DIRECT, "lost for now");
        world.run(29);
        assertThat(world.server.sessions()).isEqualTo(1);
        world.run(3);
        assertThat(world.server.sessions()).isEqualTo(2);
        assertThat(world.seen.texts(DIRECT)).containsExactly("lost for now");
    }

    @Test
    void aLinkIsKeptAsLongAsTheServerAnswersPings() {
        World world = new World().online();
        world.run(600);
        assertThat(world.server.sessions()).isEqualTo(1);
        assertThat(world.server.received(ClientFrame.Ping.class)).hasSizeBetween(38, 40);
    }

    @Test
    void aLinkOnWhichThingsArriveNeedsNoPings() {
        World world = new World().online();
        for (int i = 0; i < 60; i++) {
            world.server.say(DIRECT, "tick");
            world.run(10);
        }
        assertThat(world.server.received(ClientFrame.Ping.class)).isEmpty();
    }

    @Test
    void aServerThatTakesTheLinkAndSaysNothingIsGivenUp() {
        World world = new World(b -> b.options(
                ClientOptions.builder().connectTimeout(Duration.ofSeconds(3)).build()));
        world.client.start();
        while (world.transport.links().isEmpty()) {
            assertThat(world.runtime.runNext()).isTrue();
        }
        world.transport.links().forEach(MemoryLink::freeze);
        world.run(2.9);
        assertThat(world.server.isConnected()).isFalse();
        world.run(2);
        assertThat(world.server.isConnected()).isTrue();
        assertThat(world.seen.trace).startsWith("Connecting", "Waiting", "Connecting", "Online");
    }

    @Test
    void startingAgainWhileWaitingConnectsAtOnce() {
        World world = new World();
        world.transport.setReachable(false);
        world.client.start();
        world.run(300);
        world.transport.setReachable(true);
        while (!(world.client.state() instanceof ConnectionState.Waiting)) {
            assertThat(world.runtime.runNext()).isTrue();
        }
        world.client.start();
        world.run(0.001);
        assertThat(world.server.isConnected()).isTrue();
    }

    @Test
    void aClosedClientIsGoneForGood() {
        World world = new World().online();
        world.client.close();
        world.client.close();
        world.client.start();
        world.run(3_600);
        assertThat(world.server.isConnected()).isFalse();
        assertThat(world.server.sessions()).isEqualTo(1);
        assertThat(world.seen.trace).containsExactly("Connecting", "Online", "Stopped");
        assertThat(world.runtime.pending()).isZero();
    }
}
