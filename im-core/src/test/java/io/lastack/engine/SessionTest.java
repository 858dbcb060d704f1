package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.GroupAction;
import io.lastack.session.Handshake;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {
    private final Scene scene = new Scene();

    @Test
    void helloIsAnsweredByWelcomeAndReply() {
        RawClient alice = scene.connect("alice", "phone");
        long id = alice.hello();
        scene.run();
        ServerFrame.Welcome welcome = alice.all(ServerFrame.Welcome.class).get(0);
        assertThat(welcome.user()).isEqualTo("alice");
        assertThat(welcome.deviceId()).isEqualTo("phone");
        assertThat(welcome.epoch()).isEqualTo(scene.store.log().epoch());
        assertThat(welcome.resumed()).isTrue();
        assertThat(alice.reply(id).status().isOk()).isTrue();
    }

    @Test
    void withoutHelloInTimeTheConnectionIsClosed() {
        RawClient alice = scene.connect("alice", "phone");
        scene.pass(Duration.ofSeconds(6));
        assertThat(alice.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(scene.engine.presence().connections()).isZero();
    }

    @Test
    void aLoginThatTakesLongIsNotToldThatItsTokenIsLate() {
        VirtualRuntime runtime = VirtualRuntime.seeded(42);
        Scene slow = new Scene(
                runtime,
                MemoryStore.create(),
                b -> b.authenticator(c -> {
                    runtime.advance(Duration.ofSeconds(6));
                    return new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token())));
                }));
        RawClient alice = slow.connect("alice", "phone");
        long id = alice.hello();
        slow.run();
        assertThat(alice.closed).isNull();
        assertThat(alice.reply(id).status().isOk()).isTrue();
    }

    @Test
    void aBadTokenIsRefusedWithoutBeingRepeated() {
        RawClient eve = scene.connect("bad-secret", "x");
        long id = eve.hello();
        scene.run();
        assertThat(eve.reply(id).status().code()).isEqualTo(401);
        assertThat(eve.reply(id).status().message()).doesNotContain("secret");
        assertThat(eve.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void anythingBeforeHelloClosesTheConnection() {
        RawClient eve = scene.connect("eve", "x");
        eve.send("user:bob", "m", "x");
        scene.run();
        assertThat(eve.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(scene.engine.counters().messagesAppended()).isZero();
    }

    @Test
    void framesBehindHelloInTheSamePacketWaitForTheLogin() {
        RawClient alice = scene.connect("alice", "phone");
        alice.write(
                new ClientFrame.Hello(90, "alice", "phone", List.of(), null, null),
                alice.sendFrame("user:bob", "m", "x"));
        scene.run();
        assertThat(alice.all(ServerFrame.Reply.class))
                .hasSize(2)
                .allMatch(r -> r.status().isOk());
    }

    @Test
    void aHandshakeWithTokenAndDeviceNeedsNoHello() {
        RawClient alice = new RawClient("alice", "phone");
        MemoryTransport.to(scene.engine, scene.runtime, () -> new Handshake("alice", "phone"))
                .connect(alice);
        scene.run();
        assertThat(alice.all(ServerFrame.Welcome.class)).hasSize(1);
        scene.pass(Duration.ofSeconds(10));
        assertThat(alice.closed).isNull();
    }

    @Test
    void theSameDeviceConnectingAgainReplacesItsOlderConnection() {
        RawClient first = scene.join("alice", "phone");
        RawClient other = scene.join("alice", "web");
        scene.join("alice", "phone");
        assertThat(first.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(other.closed).isNull();
        assertThat(scene.engine.presence().devices(UserId.of("alice"))).hasSize(2);
    }

    @Test
    void anOlderConnectionWhoseLoginTakesLongerDoesNotReplaceTheNewerOne() {
        List<Runnable> meanwhile = new ArrayList<>();
        List<RawClient> newer = new ArrayList<>();
        Scene slow = new Scene(builder -> builder.authenticator(credentials -> {
            if (!meanwhile.isEmpty()) {
                meanwhile.remove(0).run();
            }
            return new AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token())));
        }));
        RawClient older = slow.connect("alice", "phone");
        meanwhile.add(() -> newer.add(slow.join("alice", "phone")));

        older.hello();
        slow.run();

        assertThat(newer.get(0).all(ServerFrame.Welcome.class)).hasSize(1);
        assertThat(newer.get(0).closed).isNull();
        assertThat(older.closed.code()).isEqualTo(CloseReason.REPLACED);
        assertThat(slow.engine.presence().devices(UserId.of("alice"))).hasSize(1);
    }

    @Test
    void aFrozenPeerIsClosedWithinTwoHeartbeats() {
        RawClient alice = scene.join("alice", "phone");
        scene.transport.links().get(0).freeze();
        scene.pass(Duration.ofSeconds(45));
        assertThat(scene.engine.presence().isOnline(UserId.of("alice"))).isFalse();
        assertThat(alice.frames).isNotEmpty();
    }

    @Test
    void aLivePeerStaysWithoutSendingAnything() {
        RawClient alice = scene.join("alice", "phone");
        scene.pass(Duration.ofMinutes(10));
        assertThat(alice.closed).isNull();
    }

    @Test
    void nothingIsLeftOfTenThousandConnectionsCutAtOnce() {
        for (int i = 0; i < 10_000; i++) {
            scene.transport.connect(new RawClient("u" + i, "d"));
        }
        scene.run();
        scene.transport.links().forEach(link -> link.cut());
        scene.pass(Duration.ofSeconds(60));
        assertThat(scene.engine.presence().connections()).isZero();
        assertThat(scene.engine.counters().conversationsWatched()).isZero();
        assertThat(scene.runtime.pending()).as("timers").isZero();
    }

    @Test
    void aTokenThatEndsMustBeRenewed() {
        Scene expiring = new Scene(b -> b.authenticator(c -> new AuthOutcome.Accepted(new UserContext(
                UserId.of("alice"),
                null,
                c.token().equals("fresh") ? Long.MAX_VALUE : 1_700_000_060_000L,
                Set.of(),
                Set.of()))));
        RawClient renews = expiring.join("alice", "phone");
        RawClient does = expiring.join("alice", "web");
        long id = renews.request(i -> new ClientFrame.Hello(i, "fresh", null, List.of(), null, null));
        expiring.pass(Duration.ofSeconds(90));
        assertThat(renews.reply(id).status().isOk()).isTrue();
        assertThat(renews.closed).isNull();
        assertThat(does.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void theEndOfATokenIsAnnouncedOnceAndARenewedOneCarriesTheConnectionOnWithoutAGap() {
        Scene expiring = new Scene(b -> b.authenticator(c -> new AuthOutcome.Accepted(new UserContext(
                UserId.of("alice"), null, Long.parseLong(c.token()) + 1_700_000_000_000L, Set.of(), Set.of()))));
        RawClient alice = expiring.join("300000", "phone");
        alice.acksAtOnce = true;
        RawClient silent = expiring.join("300000", "web");
        expiring.pass(Duration.ofSeconds(239));
        assertThat(alice.all(ServerFrame.TokenExpiring.class)).isEmpty();
        expiring.pass(Duration.ofSeconds(2));
        assertThat(alice.all(ServerFrame.TokenExpiring.class))
                .singleElement()
                .satisfies(told -> assertThat(told.inMillis()).isBetween(59_500L, 60_000L));
        expiring.pass(Duration.ofSeconds(58));
        long id = alice.request(i -> new ClientFrame.Hello(i, "600000", null, List.of(), null, null));
        expiring.pass(Duration.ofSeconds(2));
        assertThat(alice.reply(id).status().isOk()).isTrue();
        assertThat(silent.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);

        long sent = alice.send("user:bob", "m", "x");
        expiring.pass(Duration.ofMinutes(4));
        assertThat(alice.reply(sent).status().isOk()).isTrue();
        assertThat(alice.all(ServerFrame.TokenExpiring.class)).hasSize(2);
        expiring.pass(Duration.ofMinutes(1));
        assertThat(alice.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
        assertThat(alice.closed.text()).isEqualTo("the token expired and was not renewed");
    }

    @Test
    void aRenewalIsAnsweredAtOnce() {
        RawClient alice = scene.join("alice");
        long id = alice.request(i -> new ClientFrame.Hello(i, "alice", null, List.of(), null, null));
        scene.run();
        assertThat(alice.reply(id).status().isOk()).isTrue();
    }

    @Test
    void theEndOfAShortTokenIsAnnouncedAtHalfItsTime() {
        Scene expiring = new Scene(b -> b.authenticator(c -> new AuthOutcome.Accepted(
                new UserContext(UserId.of("alice"), null, 1_700_000_008_000L, Set.of(), Set.of()))));
        RawClient alice = expiring.join("alice", "phone");
        expiring.pass(Duration.ofMillis(3_900));
        assertThat(alice.all(ServerFrame.TokenExpiring.class)).isEmpty();
        expiring.pass(Duration.ofMillis(300));
        assertThat(alice.all(ServerFrame.TokenExpiring.class)).hasSize(1);
        expiring.pass(Duration.ofSeconds(4));
        assertThat(alice.closed.code()).isEqualTo(CloseReason.UNAUTHENTICATED);
    }

    @Test
    void anotherEpochIsToldInsteadOfResumed() {
        RawClient alice = scene.connect("alice", "phone");
        alice.write(new ClientFrame.Hello(
                1, "alice", "phone", List.of(Scene.at("direct:alice~bob", 77)), null, "another-epoch"));
        scene.run();
        assertThat(alice.all(ServerFrame.Welcome.class).get(0).resumed()).isFalse();
        assertThat(alice.all(ServerFrame.Error.class)).isEmpty();
    }

    @Test
    void drainingTellsTheClientsAndStoresWhatWasAcked() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m", "x");
        scene.run();
        bob.ack("direct:alice~bob", 1);
        scene.run();
        var drained = scene.engine.drain(Duration.ofSeconds(1)).toCompletableFuture();
        scene.pass(Duration.ofSeconds(2));
        assertThat(drained).isCompleted();
        assertThat(bob.all(ServerFrame.GoAway.class)).hasSize(1);
        assertThat(bob.closed.code()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(scene.engine.counters().ackRowsWritten()).isEqualTo(1);
        assertThat(scene.connect("carol", "x").closed.code()).isEqualTo(CloseReason.GOING_AWAY);
    }

    @Test
    void tooManyRequestsAtOnceAreAnsweredWith429() {
        RawClient alice = scene.join("alice");
        List<ClientFrame> packet = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            packet.add(alice.sendFrame("user:bob", "m" + i, "x"));
        }
        alice.write(packet.toArray(ClientFrame[]::new));
        scene.run();
        assertThat(alice.all(ServerFrame.Reply.class).stream()
                        .filter(r -> r.status().code() == 429))
                .hasSize(76)
                .allMatch(r -> r.status().retryAfterMillis() > 0);
    }

    @Test
    void typingReachesTheOtherMemberAndIsNotKept() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m", "x");
        scene.run();
        bob.write(new ClientFrame.Signal("direct:alice~bob", "typing", Body.NONE));
        scene.run();
        assertThat(alice.all(ServerFrame.Signal.class)).hasSize(1);
        assertThat(bob.all(ServerFrame.Signal.class)).isEmpty();
        assertThat(scene.engine.counters().messagesAppended()).isEqualTo(1);
    }

    @Test
    void aNotificationIsStoredDeliveredAndAckedLikeAMessage() {
        RawClient alice = scene.join("alice");
        long id = alice.request(i ->
                new ClientFrame.Notify(i, "bob", "n-1", "friend-request", "pending", "hello", Map.of("k", "v"), 0));
        scene.run();
        assertThat(alice.reply(id).status().isOk()).isTrue();
        RawClient bob = scene.join("bob");
        assertThat(bob.delivered("inbox:bob").get(0).content())
                .satisfies(c -> assertThat(c.kind()).isEqualTo("notification"))
                .satisfies(c -> assertThat(c.type()).isEqualTo("friend-request"))
                .satisfies(c -> assertThat(c.ext())
                        .containsEntry("status", "pending")
                        .containsEntry("remark", "hello")
                        .containsEntry("k", "v"));
        bob.ack("inbox:bob", 1);
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.join("bob").delivered("inbox:bob")).isEmpty();
    }

    @Test
    void whoNotifiesItselfGetsTheNotification() {
        RawClient alice = scene.join("alice");
        alice.request(i -> new ClientFrame.Notify(i, "alice", "n-1", "reminder", "", "", Map.of(), 0));
        scene.run();
        assertThat(alice.seqs("inbox:alice")).containsExactly(1L);
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                bad(400, id -> send(id, "nonsense", "m", "text", Body.of("x"))),
                bad(400, id -> send(id, "", "m", "text", Body.of("x"))),
                bad(400, id -> send(id, "user:", "m", "text", Body.of("x"))),
                bad(400, id -> send(id, "user:no/slash", "m", "text", Body.of("x"))),
                bad(400, id -> send(id, "user:alice", "m", "text", Body.of("x"))),
                bad(400, id -> send(id, "direct:bob~alice", "m", "text", Body.of("x"))),
                bad(400, id -> send(id, "user:bob", "", "text", Body.of("x"))),
                bad(400, id -> send(id, "user:bob", "m".repeat(65), "text", Body.of("x"))),
                bad(400, id -> send(id, "user:bob", "m\u0000", "text", Body.of("x"))),
                bad(400, id -> send(id, "user:bob", "m", "text", Body.of("nul \u0000"))),
                bad(400, id -> send(id, "user:bob", "m", "text", Body.of("half \ud800"))),
                bad(400, id -> send(id, "user:bob", "m", "text", new Body("x", new byte[1]))),
                bad(422, id -> send(id, "user:bob", "m", "no-such-type", Body.of("x"))),
                bad(413, id -> send(id, "user:bob", "m", "text", Body.of("x".repeat(65_537)))),
                bad(
                        422,
                        id -> new ClientFrame.Send(
                                id,
                                "user:bob",
                                "m",
                                "text",
                                Body.of("x"),
                                Map.of("k", "v".repeat(70_000)),
                                0,
                                List.of())),
                bad(
                        422,
                        id -> new ClientFrame.Send(
                                id, "user:bob", "m", "text", Body.of("x"), Map.of(), 0, List.of("carol", "carol"))),
                bad(
                        400,
                        id -> new ClientFrame.Send(id, "user:bob", "m", "text", Body.of("x"), Map.of(), -1, List.of())),
                bad(404, id -> new ClientFrame.Read(id, "group:none", 1)),
                bad(400, id -> new ClientFrame.Read(id, "what", 1)),
                bad(404, id -> new ClientFrame.Fetch(id, "user:nobody", 0, 0, 10)),
                bad(400, id -> new ClientFrame.Fetch(id, "what:ever", 0, 0, 10)),
                bad(400, id -> new ClientFrame.Conversations(id, "not-a-cursor", 10)),
                bad(400, id -> new ClientFrame.Conversations(id, null, -1)),
                bad(404, id -> new ClientFrame.Receipts(id, "group:none", 1)),
                bad(400, id -> new ClientFrame.Group(id, null, new GroupAction.Leave())),
                bad(400, id -> new ClientFrame.Group(id, "user:bob", new GroupAction.Leave())),
                bad(404, id -> new ClientFrame.Group(id, "group:none", new GroupAction.Leave())),
                bad(400, id -> group(id, "g", "", List.of())),
                bad(400, id -> group(id, "no slash/", "n", List.of())),
                bad(400, id -> group(id, "g", "n", List.of("bob", "bob"))),
                bad(400, id -> group(id, "g", "n", List.of("not ok"))),
                bad(400, id -> new ClientFrame.Notify(id, "not ok", null, "t", "", "", Map.of(), 0)),
                bad(422, id -> new ClientFrame.Notify(id, "bob", null, "Not OK", "", "", Map.of(), 0)),
                bad(400, id -> new ClientFrame.Invalid(id, "field seq is a string; a number is expected")));
    }

    private static Arguments bad(int code, LongFunction<ClientFrame> frame) {
        return Arguments.of(code, frame);
    }

    private static ClientFrame send(long id, String conversation, String messageId, String type, Body body) {
        return new ClientFrame.Send(id, conversation, messageId, type, body, Map.of(), 0, List.of());
    }

    private static ClientFrame group(long id, String group, String name, List<String> members) {
        return new ClientFrame.Group(id, null, new GroupAction.Create(group, name, members, null, null));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestIsAnsweredAndChangesNothingAndTheConnectionGoesOn(int code, LongFunction<ClientFrame> frame) {
        RawClient alice = scene.join("alice");
        long id = alice.request(frame);
        scene.run();
        assertThat(alice.reply(id).status().code()).isEqualTo(code);
        assertThat(alice.reply(id).status().message()).isNotBlank();
        assertThat(scene.engine.counters().messagesAppended()).isZero();

        long good = alice.send("user:bob", "good", "x");
        scene.run();
        assertThat(alice.reply(good).status().isOk()).isTrue();
    }

    @Test
    void aRequestWithoutAnIdIsAnsweredByAnError() {
        RawClient alice = scene.join("alice");
        alice.write(send(0, "user:bob", "m", "text", Body.of("x")));
        scene.run();
        assertThat(alice.all(ServerFrame.Error.class).get(0).status().code()).isEqualTo(400);
    }

    @Test
    void historyIsPagedFromEitherEnd() {
        RawClient alice = scene.join("alice");
        for (int i = 0; i < 25; i++) {
            alice.send("user:bob", "m" + i, "x");
        }
        scene.run();
        assertThat(page(alice, 0, 0, 10)).isEqualTo("16..25 more");
        assertThat(page(alice, 0, 16, 10)).isEqualTo("6..15 more");
        assertThat(page(alice, 0, 6, 10)).isEqualTo("1..5 end");
        assertThat(page(alice, 20, 0, 3)).isEqualTo("21..23 more");
        assertThat(page(alice, 23, 0, 3)).isEqualTo("24..25 end");
        assertThat(page(alice, 25, 0, 3)).isEqualTo("none end");
        assertThat(page(alice, 0, 1, 3)).isEqualTo("none end");
    }

    private String page(RawClient client, long after, long before, int limit) {
        long id = client.request(i -> new ClientFrame.Fetch(i, "user:bob", after, before, limit));
        scene.run();
        Result.Fetch page = (Result.Fetch) client.reply(id).result();
        long[] seqs = page.messages().stream().mapToLong(m -> m.seq()).toArray();
        String range = seqs.length == 0 ? "none" : seqs[0] + ".." + seqs[seqs.length - 1];
        assertThat(Arrays.stream(seqs).distinct().count()).isEqualTo(seqs.length);
        return range + (page.more() ? " more" : " end");
    }

    @Test
    void aPageOfLargeMessagesStaysBelowThePacketLimitAndKeepsTheNewest() {
        Scene small = new Scene(EngineOptions.defaults().withMaxPacketBytes(20_000));
        RawClient alice = small.join("alice");
        for (int i = 0; i < 20; i++) {
            alice.send("user:bob", "m" + i, "x".repeat(2_000));
        }
        small.run();
        long id = alice.request(i -> new ClientFrame.Fetch(i, "user:bob", 0, 0, 20));
        small.run();
        Result.Fetch page = (Result.Fetch) alice.reply(id).result();
        assertThat(page.messages()).extracting(m -> m.seq()).containsExactly(16L, 17L, 18L, 19L, 20L);
        assertThat(page.more()).isTrue();
    }
}
