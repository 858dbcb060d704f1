package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryRevocations;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.SessionInfo;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.DevicesPerUser;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final UserId ALICE = UserId.of("alice");

    /** Tokens are a user and the time of issue: {@code alice:1700000000000}. */
    private final Scene dated = new Scene(b -> b.nodeId("n1").authenticator(c -> {
        int colon = c.token().indexOf(':');
        String user = colon < 0 ? c.token() : c.token().substring(0, colon);
        long issuedAt = colon < 0 ? 0 : Long.parseLong(c.token().substring(colon + 1));
        return new AuthOutcome.Accepted(UserContext.of(UserId.of(user)).withIssuedAt(issuedAt));
    }));

    @Test
    void sessionsAreListedInPagesWithWhatIsKnownOfThem() {
        for (int i = 0; i < 7; i++) {
            dated.join("u" + i);
        }
        dated.connect("stranger", "x");
        List<SessionInfo> all = new ArrayList<>();
        String after = null;
        for (List<SessionInfo> page = dated.engine.sessions().list(null, 3);
                !page.isEmpty();
                page = dated.engine.sessions().list(after, 3)) {
            all.addAll(page);
            after = page.get(page.size() - 1).id();
        }
        assertThat(all).hasSize(7).extracting(s -> s.user().value()).contains("u0", "u6");
        assertThat(dated.engine.sessions().count()).isEqualTo(7);
        assertThat(all.get(0)).satisfies(s -> {
            assertThat(s.client()).isEqualTo("test");
            assertThat(s.node()).isEqualTo("n1");
            assertThat(s.transport()).isEqualTo("memory");
            assertThat(s.address()).startsWith("memory:");
        });
        assertThatThrownBy(() -> dated.engine.sessions().list(null, 0)).hasMessageContaining("1 to 1000");
    }

    @Test
    void aSessionTellsSinceWhenItIsThereAndWhenItWasLastHeardOf() {
        long start = dated.runtime.currentTimeMillis();
        RawClient alice = dated.join("alice");
        dated.pass(Duration.ofSeconds(4));
        alice.send("user:bob", "m", "x");
        dated.run();
        SessionInfo info = dated.engine.sessions().of(ALICE).get(0);
        assertThat(info.connectedAt()).isEqualTo(start);
        assertThat(info.lastActivityAt()).isEqualTo(start + 4_000);
    }

    @Test
    void oneSessionOneDeviceOrAUserIsClosedWithAReason() {
        RawClient phone = dated.join("alice", "phone");
        RawClient web = dated.join("alice", "web");
        RawClient pad = dated.join("alice", "pad");
        RawClient bob = dated.join("bob");
        String id = dated.engine.sessions().of(ALICE).get(0).id();
        assertThat(dated.engine.sessions().close(id, "one")).isTrue();
        assertThat(dated.engine.sessions().close(id, "again")).isFalse();
        assertThat(dated.engine.sessions().close(ALICE, DeviceId.of("web"), "two"))
                .isEqualTo(1);
        assertThat(dated.engine.sessions().close(ALICE, "three")).isEqualTo(1);
        dated.run();
        assertThat(phone.closed).isEqualTo(new CloseReason(CloseReason.POLICY, "one"));
        assertThat(web.closed).isEqualTo(new CloseReason(CloseReason.POLICY, "two"));
        assertThat(pad.closed).isEqualTo(new CloseReason(CloseReason.POLICY, "three"));
        assertThat(bob.closed).isNull();
        assertThatThrownBy(() -> dated.engine.sessions().close(ALICE, "ü".repeat(62)))
                .hasMessageContaining("124 bytes");
    }

    @Test
    void whoIsLoggedOutEverywhereDoesNotComeBackWithTheSameToken() {
        long now = dated.runtime.currentTimeMillis();
        RawClient phone = dated.join("alice:" + (now - 10), "phone");
        RawClient fresh = dated.join("alice:" + (now + 10), "web");
        assertThat(dated.engine.sessions().revoke(ALICE, now)).isEqualTo(1);
        dated.run();
        assertThat(phone.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(fresh.closed).isNull();

        RawClient back = dated.connect("alice:" + (now - 1), "phone");
        long id = back.hello();
        dated.run();
        assertThat(back.reply(id).status().code()).isEqualTo(401);
        assertThat(back.reply(id).status().message()).isEqualTo("the token was revoked");
        assertThat(dated.join("alice", "undated").closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(dated.join("alice:" + now, "phone").closed).isNull();
        assertThat(dated.join("bob").closed).isNull();
    }

    @Test
    void whatALoginWouldBeRefusedForIsToldBeforeThereIsAConnection() {
        DeviceId phone = DeviceId.of("phone");
        dated.engine.sessions().revoke(ALICE, phone, 100);
        assertThat(dated.engine.refusal(new Credentials("alice:1", "here"), phone))
                .contains("the token was revoked");
        assertThat(dated.engine.refusal(new Credentials("alice:100", "here"), phone))
                .isEmpty();
        assertThat(dated.engine.refusal(new Credentials("alice:1", "here"), DeviceId.of("web")))
                .isEmpty();
        assertThat(dated.engine.refusal(new Credentials("alice:1", "here"), null))
                .as("the device is not known yet")
                .isEmpty();
        assertThat(dated.engine.sessions().count()).isZero();
    }

    @Test
    void aDeviceThatIsLoggedOutLeavesTheOthersIn() {
        long now = dated.runtime.currentTimeMillis();
        RawClient phone = dated.join("alice:1", "phone");
        RawClient web = dated.join("alice:1", "web");
        assertThat(dated.engine.sessions().revoke(ALICE, DeviceId.of("phone"), now))
                .isEqualTo(1);
        dated.run();
        assertThat(phone.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(web.closed).isNull();
        assertThat(dated.join("alice:1", "phone").closed).isNotNull();
        assertThat(dated.join("alice:1", "web").closed).isNull();
    }

    @Test
    void aRevokedTokenDoesNotRenewALiveConnection() {
        RawClient alice = dated.join("alice:" + (dated.runtime.currentTimeMillis() + 1_000), "phone");
        dated.engine.sessions().revoke(ALICE, 100);
        long id = alice.request(i -> new ClientFrame.Hello(i, "alice:50", null, List.of(), null, null));
        dated.run();
        assertThat(alice.reply(id).status().code()).isEqualTo(401);
        assertThat(alice.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void aRevocationIsForgottenOnceNoTokenCanBeThatOld() {
        VirtualRuntime runtime = VirtualRuntime.seeded(1);
        MemoryRevocations revocations = MemoryRevocations.forTokensOf(Duration.ofHours(1), runtime);
        revocations.revoke(ALICE, null, runtime.currentTimeMillis());
        runtime.advance(Duration.ofMinutes(61));
        assertThat(revocations.isRevoked(ALICE, DeviceId.of("d"), 5)).isTrue();
        revocations.revoke(UserId.of("bob"), null, runtime.currentTimeMillis());
        assertThat(revocations.size()).isEqualTo(1);
        assertThat(revocations.isRevoked(UserId.of("bob"), DeviceId.of("d"), runtime.currentTimeMillis() - 1))
                .isTrue();
    }

    @Test
    void withOneDeviceAllowedTheNewestStands() {
        Scene one = with(DevicesPerUser.one());
        RawClient phone = one.join("alice", "phone");
        RawClient web = one.join("alice", "web");
        assertThat(phone.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(phone.closed.text()).isEqualTo("device web of this user connected; at most 1 may be");
        assertThat(web.closed).isNull();
        assertThat(one.join("bob").closed).isNull();
    }

    @Test
    void withOneOfEachKindOnlyTheSameKindGoes() {
        Scene kinds = with(DevicesPerUser.oneOfEachKind());
        RawClient phone = kinds.join("alice", "phone-1");
        RawClient web = kinds.join("alice", "web-1");
        kinds.join("alice", "phone-2");
        assertThat(phone.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(web.closed).isNull();
    }

    @Test
    void theKindThatTheTokenStatesCountsMoreThanTheName() {
        Scene kinds =
                new Scene(b -> b.options(EngineOptions.defaults().withDevicesPerUser(DevicesPerUser.oneOfEachKind()))
                        .authenticator(c ->
                                new AuthOutcome.Accepted(UserContext.of(ALICE).withDeviceKind(c.token()))));
        RawClient phone = kinds.join("mobile", "a-1");
        RawClient same = kinds.join("desktop", "a-2");
        kinds.join("mobile", "b-1");
        assertThat(phone.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(same.closed).isNull();
    }

    @Test
    void beyondTheBoundTheOldestGoes() {
        Scene three = with(DevicesPerUser.atMost(3));
        List<RawClient> devices = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            devices.add(three.join("alice", "d" + i));
        }
        assertThat(devices.stream().map(d -> d.closed == null)).containsExactly(false, false, true, true, true);
        three.join("alice", "d2");
        assertThat(devices.get(3).closed).isNull();
        assertThat(three.engine.presence().devices(ALICE)).hasSize(3);
    }

    private static Scene with(DevicesPerUser rule) {
        return new Scene(EngineOptions.defaults().withDevicesPerUser(rule));
    }
}
