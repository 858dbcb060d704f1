package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngineBuilder;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryRevocations;
import io.lastack.session.CloseReason;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.ClusterOptions;
import io.lastack.spi.DevicesPerUser;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is logged out, and which devices have to go, where users are connected to several nodes. */
class LogoutTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final Duration HEARTBEATS =
            ClusterOptions.defaults().heartbeat().multipliedBy(2);

    /** Tokens were issued at the time 1. */
    private static Nodes nodes() {
        return nodes(b -> b);
    }

    private static Nodes nodes(UnaryOperator<ImEngineBuilder> wiring) {
        return new Nodes(
                17,
                b -> wiring.apply(b.authenticator(c -> new AuthOutcome.Accepted(
                        UserContext.of(UserId.of(c.token())).withIssuedAt(1)))));
    }

    private static Nodes nodes(DevicesPerUser rule) {
        return new Nodes(
                18, EngineOptions.defaults().withRepairInterval(Nodes.REPAIR).withDevicesPerUser(rule));
    }

    private static List<Integer> codes(RawClient... clients) {
        return Stream.of(clients)
                .map(client -> client.closed)
                .filter(Objects::nonNull)
                .map(CloseReason::code)
                .toList();
    }

    @Test
    void aUserIsLoggedOutOnAllNodesAndComesBackOnNone() {
        Nodes nodes = nodes();
        RawClient phone = nodes.node(0).join("alice", "phone");
        RawClient web = nodes.node(1).join("alice", "web");
        RawClient bob = nodes.node(1).join("bob");
        assertThat(nodes.node(2).engine.sessions().revoke(ALICE, 2))
                .as("none here")
                .isZero();
        nodes.run();
        assertThat(codes(phone, web)).containsExactly(CloseReason.UNAUTHENTICATED, CloseReason.UNAUTHENTICATED);
        assertThat(bob.closed).isNull();
        for (int i = 0; i < 3; i++) {
            assertThat(codes(nodes.node(i).join("alice", "phone"))).containsExactly(CloseReason.UNAUTHENTICATED);
        }
    }

    @Test
    void aDeviceIsLoggedOutWhereverItIs() {
        Nodes nodes = nodes();
        RawClient phone = nodes.node(0).join("alice", "phone");
        RawClient web = nodes.node(0).join("alice", "web");
        nodes.node(1).engine.sessions().revoke(ALICE, DeviceId.of("phone"), 2);
        nodes.run();
        assertThat(phone.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(web.closed).isNull();
    }

    @Test
    void aLogoutOfWhichTheSignalWasLostIsToldAgain() {
        Nodes nodes = nodes();
        RawClient phone = nodes.node(0).join("alice", "phone");
        nodes.bus.setLoss(1);
        nodes.node(1).engine.sessions().revoke(ALICE, 2);
        nodes.run();
        nodes.bus.setLoss(0);
        assertThat(phone.closed).isNull();
        nodes.pass(HEARTBEATS);
        assertThat(phone.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aLogoutThatTheBusDidNotCarryIsFoundWhenItIsBack() {
        Nodes plain = nodes();
        MemoryRevocations kept = MemoryRevocations.forTokensOf(Duration.ofDays(1), plain.runtime);
        Nodes nodes = nodes(b -> b.revocations(kept));
        RawClient phone = nodes.node(0).join("alice", "phone");
        RawClient bob = nodes.node(0).join("bob");
        nodes.bus.setUp(false);
        nodes.node(1).engine.sessions().revoke(ALICE, 2);
        nodes.pass(HEARTBEATS.multipliedBy(2));
        assertThat(phone.closed).isNull();
        nodes.bus.setUp(true);
        nodes.pass(HEARTBEATS);
        assertThat(phone.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(bob.closed).isNull();
    }

    @Test
    void withOneDeviceAllowedTheNewestStandsOnWhateverNode() {
        Nodes nodes = nodes(DevicesPerUser.one());
        RawClient phone = nodes.node(0).join("alice", "phone-1");
        RawClient web = nodes.node(1).join("alice", "web-1");
        nodes.run();
        assertThat(codes(phone)).containsExactly(CloseReason.REPLACED);
        RawClient tablet = nodes.node(2).join("alice", "tablet-1");
        nodes.run();
        assertThat(codes(web)).containsExactly(CloseReason.REPLACED);
        assertThat(tablet.closed).isNull();
    }

    @Test
    void withOneOfEachKindOnlyTheSameKindGoes() {
        Nodes nodes = nodes(DevicesPerUser.oneOfEachKind());
        RawClient phone = nodes.node(0).join("alice", "phone-1");
        RawClient web = nodes.node(0).join("alice", "web-1");
        RawClient newer = nodes.node(1).join("alice", "phone-2");
        nodes.run();
        assertThat(codes(phone)).containsExactly(CloseReason.REPLACED);
        assertThat(web.closed).isNull();
        assertThat(newer.closed).isNull();
    }

    @Test
    void beyondTheBoundTheOldestGoesWhicheverNodesTheyAreOn() {
        Nodes nodes = nodes(DevicesPerUser.atMost(2));
        RawClient first = nodes.node(0).join("alice", "a");
        RawClient second = nodes.node(1).join("alice", "b");
        nodes.run();
        assertThat(codes(first, second)).isEmpty();
        RawClient third = nodes.node(0).join("alice", "c");
        nodes.run();
        assertThat(codes(first)).containsExactly(CloseReason.REPLACED);
        assertThat(codes(second, third)).isEmpty();
    }

    @Test
    void theNewestStandsAlsoWhereTheClockIsBehindAndNobodyIsToldOfIt() {
        Nodes nodes = nodes(DevicesPerUser.one());
        RawClient older = nodes.node(0).join("alice", "phone");
        nodes.runtime.jumpWallClock(Duration.ofHours(-1));
        nodes.bus.setLoss(1);
        RawClient newer = nodes.node(1).join("alice", "web");
        nodes.pass(Duration.ofSeconds(3));
        assertThat(codes(older)).containsExactly(CloseReason.REPLACED);
        assertThat(newer.closed).isNull();
    }
}
