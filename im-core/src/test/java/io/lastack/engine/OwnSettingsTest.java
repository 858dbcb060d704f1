package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users set for themselves: how conversations are shown, whom they block, and that they have read everything. */
class OwnSettingsTest {
    private static final String CHAT = "direct:alice~bob";
    private static final String INBOX = "inbox:bob";
    private static final Duration FLUSH = Duration.ofMillis(250);

    private final CountingStore store = new CountingStore(MemoryStore.create());
    private final VirtualRuntime runtime = VirtualRuntime.seeded(3);
    private final Scene scene = new Scene(runtime, store, b -> b);

    private long calls(String method) {
        return store.calls.stream().filter(method::equals).count();
    }

    private Status answer(RawClient client, long id) {
        scene.run();
        return client.reply(id).status();
    }

    private Status block(RawClient client, String user, boolean blocked) {
        return answer(client, client.request(id -> new ClientFrame.Block(id, user, blocked)));
    }

    private Map<ConversationId, Result.Conversation> conversations(RawClient client) {
        long id = client.request(request -> new ClientFrame.Conversations(request, null, 100));
        scene.run();
        return ((Result.Conversations) client.reply(id).result())
                .conversations().stream()
                        .collect(java.util.stream.Collectors.toMap(Result.Conversation::conversation, row -> row));
    }

    @Test
    void settingsReachEveryDeviceByAnEntryOfTheInboxAndStay() {
        RawClient alice = scene.join("alice");
        RawClient phone = scene.join("bob", "phone");
        RawClient web = scene.join("bob", "web");
        alice.send("user:bob", "m", "x");
        scene.run();
        ConversationSettings wanted = new ConversationSettings(Change.FOR_GOOD, true, true);
        assertThat(answer(
                        phone,
                        phone.request(id -> new ClientFrame.Settings(
                                id, "user:alice", wanted.mutedUntil(), wanted.pinned(), wanted.archived()))))
                .isEqualTo(Status.OK);

        for (RawClient device : List.of(phone, web)) {
            Message entry = device.delivered(INBOX).get(0);
            assertThat(entry.content().kind()).isEqualTo(Content.SETTINGS);
            assertThat(entry.content().ext()).containsEntry("conversation", CHAT);
            assertThat(ConversationSettings.fromExt(entry.content().ext())).isEqualTo(wanted);
            assertThat(conversations(device).get(ConversationId.parse(CHAT)).settings())
                    .isEqualTo(wanted);
            assertThat(conversations(device).get(ConversationId.parse(INBOX)).unread())
                    .isZero();
        }
        assertThat(conversations(alice).get(ConversationId.parse(CHAT)).settings())
                .isEqualTo(ConversationSettings.NONE);
        alice.send("user:bob", "m2", "still archived");
        assertThat(conversations(scene.join("bob", "new"))
                        .get(ConversationId.parse(CHAT))
                        .settings())
                .isEqualTo(wanted);
    }

    @Test
    void settingsOfAConversationThatIsNotOnesOwnAreRefused() {
        RawClient bob = scene.join("bob");
        assertThat(answer(bob, bob.request(id -> new ClientFrame.Settings(id, "group:others", 0, true, false)))
                        .code())
                .isEqualTo(404);
        assertThat(bob.delivered(INBOX)).isEmpty();
    }

    @Test
    void aBlockedUserIsRefusedInTheSameWordsAsByThePolicyAlsoWhenTheBlockerIsOffline() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        assertThat(block(bob, "alice", true)).isEqualTo(Status.OK);
        bob.link.close();
        scene.run();

        Status refused = answer(alice, alice.send("user:bob", "m1", "x"));
        assertThat(refused).isEqualTo(Status.of(403, "this user may not send to " + CHAT));
        assertThat(answer(
                        alice,
                        alice.request(id -> new ClientFrame.Notify(id, "bob", null, "poke", "", "", Map.of(), 0))))
                .isEqualTo(Status.of(403, "this user may not notify bob"));
        assertThat(answer(
                        alice,
                        alice.request(id -> new ClientFrame.Group(
                                id, null, new GroupAction.Create("g", "G", List.of("bob"), null, null)))))
                .isEqualTo(Status.of(403, "bob may not be added"));
        assertThat(scene.join("bob").delivered(CHAT)).isEmpty();
    }

    @Test
    void aBlockedUserNeitherSignalsNorGivesNotificationsAStatus() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m0", "before");
        notify(alice, "bob");
        notify(bob, "alice");
        scene.run();
        alice.write(new ClientFrame.Signal("user:bob", "typing", Body.of("1")));
        scene.run();
        block(bob, "alice", true);
        alice.write(
                new ClientFrame.Signal("user:bob", "typing", Body.of("2")),
                new ClientFrame.Signal(CHAT, "x", Body.NONE));
        bob.write(new ClientFrame.Signal("user:alice", "typing", Body.of("3")));
        scene.run();

        assertThat(bob.all(ServerFrame.Signal.class)).hasSize(1);
        assertThat(alice.all(ServerFrame.Signal.class)).hasSize(1);
        Status refused = Status.of(403, "this user may not send to " + CHAT);
        assertThat(alice.all(ServerFrame.Error.class))
                .extracting(ServerFrame.Error::status)
                .containsExactly(refused, refused);
        assertThat(status(alice, "bob", "withdrawn")).isEqualTo(Status.of(403, "this user may not notify bob"));
        assertThat(status(alice, "alice", "accepted")).isEqualTo(Status.of(403, "this user may not notify bob"));
        assertThat(alice.delivered("inbox:alice")).as("nothing half done").hasSize(1);
        assertThat(status(bob, "bob", "refused")).isEqualTo(Status.OK);
        block(bob, "alice", false);
        assertThat(status(alice, "alice", "accepted")).isEqualTo(Status.OK);
    }

    private static void notify(RawClient from, String to) {
        from.request(id -> new ClientFrame.Notify(id, to, null, "friend-request", "pending", "", Map.of(), 0));
    }

    private Status status(RawClient client, String receiver, String status) {
        return answer(
                client, client.request(id -> new ClientFrame.Notify(id, receiver, null, "", status, "", Map.of(), 1)));
    }

    @Test
    void sayingTheSameAgainAfterALostReplyChangesNothing() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m0", "before");
        scene.run();
        ConversationSettings pinned = new ConversationSettings(0, true, false);
        for (int i = 0; i < 3; i++) {
            assertThat(block(bob, "mallory", true)).isEqualTo(Status.OK);
            assertThat(answer(bob, bob.request(id -> new ClientFrame.Settings(id, "user:alice", 0, true, false))))
                    .isEqualTo(Status.OK);
        }

        assertThat(scene.engine.settings().blocked(UserId.of("bob"), null, 10)).containsExactly(UserId.of("mallory"));
        assertThat(conversations(bob).get(ConversationId.parse(CHAT)).settings())
                .isEqualTo(pinned);
        assertThat(conversations(bob).get(ConversationId.parse(INBOX)).unread()).isZero();
        assertThat(bob.delivered(INBOX))
                .filteredOn(entry -> "conversation".equals(entry.content().ext().get("change")))
                .hasSize(3)
                .allMatch(entry ->
                        ConversationSettings.fromExt(entry.content().ext()).equals(pinned));
    }

    @Test
    void whoIsUnblockedMaySendAtOnceAndTheBlockerMaySendAllAlong() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m0", "before");
        scene.run();
        block(bob, "alice", true);
        assertThat(answer(alice, alice.send("user:bob", "m1", "x")).code()).isEqualTo(403);
        assertThat(answer(bob, bob.send("user:alice", "b1", "x"))).isEqualTo(Status.OK);
        block(bob, "alice", false);
        assertThat(answer(alice, alice.send("user:bob", "m2", "x"))).isEqualTo(Status.OK);
        assertThat(block(bob, "bob", true).code()).isEqualTo(400);
    }

    @Test
    void aBlockMadeOnAnotherNodeCountsWithinAShortTime() {
        Scene there = new Scene(runtime, store, b -> b);
        RawClient alice = scene.join("alice");
        RawClient bob = there.join("bob");
        assertThat(answer(alice, alice.send("user:bob", "m1", "x"))).isEqualTo(Status.OK);
        block(bob, "alice", true);
        runtime.advance(Duration.ofSeconds(11));
        assertThat(answer(alice, alice.send("user:bob", "m2", "x")).code()).isEqualTo(403);
    }

    @Test
    void messagesBehindOneThatAsksForTheBlockListKeepTheirOrderAndAskNoMore() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.write(
                alice.sendFrame("user:bob", "m1", "1"),
                alice.sendFrame("user:bob", "m2", "2"),
                alice.sendFrame("user:bob", "m3", "3"));
        scene.run();
        for (int i = 4; i <= 50; i++) {
            alice.send("user:bob", "m" + i, "" + i);
            scene.run();
        }
        assertThat(bob.delivered(CHAT))
                .extracting(m -> m.content().payload().asText())
                .startsWith("1", "2", "3")
                .hasSize(50);
        assertThat(calls("blocking")).isEqualTo(1);
    }

    @Test
    void theBlockListIsReadInPages() {
        RawClient bob = scene.join("bob");
        for (String user : List.of("x", "a", "m")) {
            block(bob, user, true);
        }
        long id = bob.request(request -> new ClientFrame.Blocked(request, null, 2));
        long next = bob.request(request -> new ClientFrame.Blocked(request, "m", 2));
        scene.run();
        assertThat(bob.reply(id).result()).isEqualTo(new Result.Blocked(List.of(UserId.of("a"), UserId.of("m")), "m"));
        assertThat(bob.reply(next).result()).isEqualTo(new Result.Blocked(List.of(UserId.of("x")), null));
        assertThat(scene.engine.settings().blocked(UserId.of("bob"), UserId.of("a"), 1))
                .containsExactly(UserId.of("m"));
        scene.engine.settings().unblock(UserId.of("bob"), UserId.of("m"));
        scene.engine.settings().block(UserId.of("bob"), UserId.of("b"));
        scene.run();
        assertThat(scene.engine.settings().blocked(UserId.of("bob"), null, 10))
                .containsExactly(UserId.of("a"), UserId.of("b"), UserId.of("x"));
    }

    @Test
    void readingAllTakesEveryBadgeAwayInOneBatchAndOnEveryDevice() {
        RawClient alice = scene.join("alice");
        RawClient phone = scene.join("bob", "phone");
        RawClient web = scene.join("bob", "web");
        for (int i = 0; i < 30; i++) {
            int group = i;
            alice.request(id -> new ClientFrame.Group(
                    id, null, new GroupAction.Create("g" + group, "G", List.of("bob"), null, null)));
            alice.send("group:g" + i, "m", "x");
        }
        alice.send("user:bob", "m", "x");
        scene.run();
        assertThat(conversations(web).values()).hasSize(31).allMatch(row -> row.unread() == 1);
        long before = calls("advanceReads");

        long id = phone.request(ClientFrame.ReadAll::new);
        scene.pass(FLUSH);
        assertThat(phone.reply(id).status()).isEqualTo(Status.OK);
        assertThat(calls("advanceReads") - before).isEqualTo(1);
        assertThat(conversations(web).values()).allMatch(row -> row.unread() == 0 && row.lastRead() == row.lastSeq());
        assertThat(web.all(ServerFrame.Receipt.class))
                .filteredOn(r -> r.user().equals(UserId.of("bob")) && r.lastRead() > 0)
                .hasSize(31);
        assertThat(alice.all(ServerFrame.Receipt.class))
                .filteredOn(r -> r.lastRead() > 0)
                .as("the authors hear of it")
                .hasSize(31);
    }

    @Test
    void theHostReadsOneConversationInTheNameOfAUser() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        for (int i = 0; i < 3; i++) {
            alice.send("user:bob", "m" + i, "x");
        }
        scene.run();
        UserId user = UserId.of("bob");
        ConversationId chat = ConversationId.parse(CHAT);
        var two = scene.engine.receipts().read(user, chat, 2);
        scene.pass(FLUSH);
        assertThat(two).isCompletedWithValue(2L);
        assertThat(conversations(bob).get(chat).unread()).isEqualTo(1);
        var all = scene.engine.receipts().read(user, chat, 0);
        var less = scene.engine.receipts().read(user, chat, 1);
        scene.pass(FLUSH);
        assertThat(all).isCompletedWithValue(3L);
        assertThat(less).as("it does not go back").isCompleted();
        assertThat(conversations(bob).get(chat).lastRead()).isEqualTo(3);
        assertThat(bob.all(ServerFrame.Receipt.class)).last().matches(r -> r.lastRead() == 3);
        var tooFar = scene.engine.receipts().read(user, chat, 4);
        var strange = scene.engine.receipts().read(user, ConversationId.group("others"), 0);
        scene.pass(FLUSH);
        assertThat(tooFar)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("0 to 3, which bob may see, are allowed");
        assertThat(strange).isCompletedExceptionally();
    }

    @Test
    void theHostReadsAllInTheNameOfAUser() {
        RawClient alice = scene.join("alice");
        scene.join("bob");
        alice.send("user:bob", "m", "x");
        scene.run();
        var read = scene.engine.receipts().readAll(UserId.of("bob"));
        scene.pass(FLUSH);
        assertThat(read).isCompletedWithValue(1);
        var again = scene.engine.receipts().readAll(UserId.of("bob"));
        scene.pass(FLUSH);
        assertThat(again).isCompletedWithValue(0);
    }
}
