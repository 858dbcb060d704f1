package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recalls, edits, reactions and mentions, from the client's request to every device. */
class RevisionTest {
    private static final String DIRECT = "direct:alice~bob";
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final Revision RECALL = new Revision.Recall();

    private Scene scene = new Scene();

    @Test
    void aRecallReachesEveryDeviceInItsPlaceAndTheBodyIsNowhereAnyMore() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        send(alice, "m-1", "secret");
        send(alice, "m-2", "other");

        assertThat(status(alice, revise(alice, 1, "r-1", RECALL))).isEqualTo(200);

        assertThat(bob.seqs(DIRECT)).containsExactly(1L, 2L, 3L);
        Message recall = bob.delivered(DIRECT).get(2);
        assertThat(recall.content()).isEqualTo(Content.recall(1));
        assertThat(bob.delivered(DIRECT).get(0).revised(recall).content().kind())
                .isEqualTo(Content.RECALLED);
        RawClient late = scene.join("bob", "bob-2");
        assertThat(late.seqs(DIRECT)).containsExactly(1L, 2L, 3L);
        assertThat(late.delivered(DIRECT).get(0).content().kind()).isEqualTo(Content.RECALLED);
        assertThat(late.delivered(DIRECT).get(0).content().payload().size()).isZero();
        assertThat(conversation(late).unread()).isEqualTo(1);
    }

    @Test
    void whoConnectsIsNotSentFromMemoryWhatWasRecalledElsewhere() {
        RawClient alice = scene.join("alice");
        send(alice, "m-1", "secret");
        Draft recall = Draft.of(ALICE, ConversationId.direct(ALICE, BOB), Content.recall(1))
                .withClientMessageId(ClientMessageId.of("r-1"));
        scene.store.log().append(List.of(recall), 0);

        RawClient bob = scene.join("bob");

        assertThat(bob.seqs(DIRECT)).containsExactly(1L, 2L);
        assertThat(bob.delivered(DIRECT).get(0).content().kind()).isEqualTo(Content.RECALLED);
    }

    @Test
    void aDeviceThatIsBehindGetsWhatIsLeftOfARecalledMessageAndOfItsEdits() {
        scene = new Scene(EngineOptions.defaults().withWindow(2, 1 << 20));
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.acksAtOnce = true;
        send(alice, "m-1", "one");
        send(alice, "m-2", "two");
        send(alice, "m-3", "secret");
        revise(alice, 3, "r-1", new Revision.Edit(Body.of("secret 2")));
        revise(alice, 3, "r-2", RECALL);
        assertThat(bob.seqs(DIRECT)).containsExactly(1L, 2L);

        bob.acksAtOnce = true;
        bob.ack(DIRECT, 2);
        scene.run();

        assertThat(bob.seqs(DIRECT)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(bob.delivered(DIRECT).subList(2, 5))
                .allMatch(m -> m.content().payload().size() == 0);
    }

    @Test
    void anAuthorRecallsForTwoMinutesAndEditsForAQuarterOfAnHour() {
        RawClient alice = scene.join("alice");
        send(alice, "m-1", "one");
        send(alice, "m-2", "two");
        scene.pass(Duration.ofSeconds(119));
        RawClient again = scene.join("alice");
        assertThat(status(again, revise(again, 1, "r-1", RECALL))).isEqualTo(200);
        scene.pass(Duration.ofSeconds(1));
        RawClient late = scene.join("alice");
        assertThat(status(late, revise(late, 2, "r-2", RECALL))).isEqualTo(403);
        assertThat(status(late, revise(late, 2, "r-3", new Revision.Edit(Body.of("2")))))
                .isEqualTo(200);
        scene.pass(Duration.ofMinutes(14));
        RawClient last = scene.join("alice");
        assertThat(status(last, revise(last, 2, "r-4", new Revision.Edit(Body.of("3")))))
                .isEqualTo(403);
        assertThat(status(last, revise(last, 1, "r-1", RECALL)))
                .as("a repeat, whose time is over")
                .isEqualTo(200);
    }

    @Test
    void othersMayNeitherRecallNorEditAndOwnersAndAdminsMayRecall() {
        ConversationId group = ConversationId.group("g");
        scene.engine.groups().create(group, UserId.of("boss"), "g", History.ALL, List.of(ALICE, BOB));
        scene.run();
        RawClient boss = scene.join("boss");
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send(group.value(), "m-1", "one");
        scene.run();

        assertThat(status(bob, revise(bob, group.value(), 2, "r-1", RECALL))).isEqualTo(403);
        assertThat(status(boss, revise(boss, group.value(), 2, "r-2", new Revision.Edit(Body.of("2")))))
                .isEqualTo(403);
        scene.pass(Duration.ofMinutes(9));
        RawClient later = scene.join("boss", "boss-2");
        assertThat(status(later, revise(later, group.value(), 2, "r-3", RECALL)))
                .isEqualTo(200);
        assertThat(status(later, revise(later, group.value(), 2, "r-3", RECALL)))
                .isEqualTo(200);
        assertThat(status(later, revise(later, group.value(), 2, "r-4", RECALL)))
                .isEqualTo(409);
        assertThat(status(later, revise(later, group.value(), 2, "r-5", new Revision.React("+1", false))))
                .isEqualTo(409);
    }

    @Test
    void whatAUserMayNotSeeOrDoesNotExistIsNotFound() {
        RawClient alice = scene.join("alice");
        send(alice, "m-1", "one");
        RawClient eve = scene.join("eve");

        assertThat(status(eve, revise(eve, 1, "r-1", RECALL))).isEqualTo(404);
        for (long seq : new long[] {0, 2, 1L << 40}) {
            assertThat(status(alice, revise(alice, seq, "r-" + seq, RECALL))).isEqualTo(404);
        }
        assertThat(status(alice, revise(alice, 1, "r-x", new Revision.React("", false))))
                .isEqualTo(422);
        assertThat(status(alice, revise(alice, 1, "r-y", new Revision.React("x".repeat(65), false))))
                .isEqualTo(422);
        assertThat(status(alice, revise(alice, "inbox:alice", 1, "r-z", RECALL)))
                .isEqualTo(404);
    }

    @Test
    void theHostsPolicyHasTheLastWord() {
        scene = new Scene(b -> b.policy(new AccessPolicy() {
            @Override
            public boolean mayRevise(UserContext user, Message message, Content revision) {
                return revision.kind().equals(Content.EDIT);
            }
        }));
        RawClient alice = scene.join("alice");
        send(alice, "m-1", "one");

        assertThat(status(alice, revise(alice, 1, "r-1", RECALL))).isEqualTo(403);
        assertThat(status(alice, revise(alice, 1, "r-2", new Revision.Edit(Body.of("2")))))
                .isEqualTo(200);
    }

    @Test
    void anEditKeepsOtherFieldsAndOneEditFollowsAnother() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.request(id -> new ClientFrame.Send(
                id, DIRECT, "m-1", "image", Body.of("one"), Map.of("w", "640"), 0, List.of("bob")));
        for (int i = 0; i < 20; i++) {
            int edit = i;
            alice.request(id ->
                    new ClientFrame.Revise(id, DIRECT, 1, "e-" + edit, new Revision.Edit(Body.of("edit " + edit))));
        }
        scene.run();

        Message now = scene.engine
                .messages()
                .read(ConversationId.parse(DIRECT), new SeqRange(1, 1))
                .get(0);
        assertThat(now.content())
                .isEqualTo(new Content(
                        "message", "image", Payload.text("edit 19"), Map.of("w", "640"), 0, List.of(), 0, 21));
        Message shown = bob.delivered(DIRECT).get(0);
        for (Message entry : bob.delivered(DIRECT)) {
            shown = shown.revised(entry);
        }
        assertThat(shown).isEqualTo(now);
    }

    @Test
    void aPageOfHistoryComesWithTheReactionsToItsMessages() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        send(alice, "m-1", "one");
        send(alice, "m-2", "two");
        revise(bob, 1, "r-1", new Revision.React("+1", false));
        revise(bob, 2, "r-2", new Revision.React("+1", false));
        revise(alice, 2, "r-3", new Revision.React("+1", false));
        revise(bob, 2, "r-4", new Revision.React("+1", true));

        long id = alice.request(i -> new ClientFrame.Fetch(i, DIRECT, 1, 0, 1));
        scene.run();
        Result.Fetch page = (Result.Fetch) alice.reply(id).result();
        assertThat(page.messages()).extracting(Message::seq).containsExactly(2L);
        assertThat(page.reactions()).containsExactly(new Reaction(2, ALICE, "+1", 5));
        assertThat(scene.engine.messages().reactions(ConversationId.parse(DIRECT), new SeqRange(1, 9), 9))
                .containsExactly(new Reaction(1, BOB, "+1", 3), new Reaction(2, ALICE, "+1", 5));
        assertThat(conversation(bob).unread()).isEqualTo(2);
    }

    @Test
    void aListOfConversationsTellsHowManyUnreadMessagesNameTheUser() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        for (int i = 1; i <= 3; i++) {
            String name = "m-" + i;
            alice.request(id -> new ClientFrame.Send(
                    id, DIRECT, name, "text", Body.of("you"), Map.of(), 0, List.of("bob", "nobody")));
        }
        scene.run();
        assertThat(conversation(bob).mentions()).isEqualTo(3);

        revise(alice, 1, "r-1", RECALL);
        revise(alice, 2, "r-2", new Revision.Edit(Body.of("not you")));
        assertThat(conversation(bob).mentions()).isEqualTo(1);
        assertThat(conversation(bob).unread()).isEqualTo(2);
    }

    @Test
    void theHostRecallsEditsAndReactsWithoutAsking() {
        RawClient alice = scene.join("alice");
        send(alice, "m-1", "one");
        send(alice, "m-2", "two");
        scene.pass(Duration.ofHours(1));
        ConversationId direct = ConversationId.parse(DIRECT);
        var messages = scene.engine.messages();

        var edited = messages.edit(UserId.of("host"), direct, 2, Content.text("***"));
        var recalled = messages.recall(UserId.of("host"), direct, 1);
        var again = messages.recall(UserId.of("host"), direct, 1);
        messages.react(UserId.of("host"), direct, 2, "+1", false);
        scene.run();

        assertThat(edited.toCompletableFuture().join().seq()).isEqualTo(3);
        assertThat(recalled.toCompletableFuture().join().seq()).isEqualTo(4);
        assertThat(again.toCompletableFuture()).isCompletedExceptionally();
        assertThat(messages.read(direct, new SeqRange(1, 2)))
                .extracting(m -> m.content().kind() + m.content().payload().asText())
                .containsExactly("recalled", "message***");
        assertThat(messages.reactions(direct, new SeqRange(1, 2), 10)).hasSize(1);
    }

    @Test
    void aFriendRequestIsAnsweredAndBothKnowAlsoWhenAway() {
        RawClient alice = scene.join("alice");
        notify(alice, "bob", "n-1", "friend-request", "pending", 0);
        RawClient bob = scene.join("bob");
        RawClient second = scene.join("bob", "bob-2");
        alice.link.close();
        scene.run();

        assertThat(status(bob, notify(bob, "bob", "n-2", "", "accepted", 1))).isEqualTo(200);
        assertThat(status(bob, notify(bob, "bob", "n-2", "", "accepted", 1)))
                .as("a repeat")
                .isEqualTo(200);

        assertThat(second.delivered("inbox:bob"))
                .extracting(m -> m.content().kind() + " " + m.content().ext().get("status"))
                .containsExactly("notification pending", "edit accepted");
        RawClient third = scene.join("bob", "bob-3");
        assertThat(third.delivered("inbox:bob").get(0).content().ext()).containsEntry("status", "accepted");
        assertThat(scene.join("alice", "alice-2").delivered("inbox:alice"))
                .singleElement()
                .satisfies(m -> assertThat(m.content().type()).isEqualTo("friend-request"))
                .satisfies(m -> assertThat(m.content().ext())
                        .containsEntry("status", "accepted")
                        .containsEntry("answers", "inbox:bob/1"));
    }

    @Test
    void onlyWhoSentOrReceivedANotificationMayChangeItsStatus() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        RawClient eve = scene.join("eve");
        notify(alice, "bob", "n-1", "friend-request", "pending", 0);

        assertThat(status(eve, notify(eve, "bob", "n-2", "", "accepted", 1))).isEqualTo(404);
        assertThat(status(bob, notify(bob, "bob", "n-3", "", "accepted", 2))).isEqualTo(404);
        assertThat(status(bob, notify(bob, "bob", "n-4", "", "", 1))).isEqualTo(400);
        assertThat(status(bob, notify(bob, "bob", "n-5", "order", "accepted", 1)))
                .isEqualTo(400);
        assertThat(status(alice, notify(alice, "bob", "n-6", "friend-request", "withdrawn", 1)))
                .isEqualTo(200);
        assertThat(alice.delivered("inbox:alice")).isEmpty();
        assertThat(bob.delivered("inbox:bob").get(1).content().ext()).containsEntry("status", "withdrawn");
    }

    private void send(RawClient client, String id, String text) {
        client.send(DIRECT, id, text);
        scene.run();
    }

    private long revise(RawClient client, long seq, String id, Revision revision) {
        return revise(client, DIRECT, seq, id, revision);
    }

    private long revise(RawClient client, String conversation, long seq, String id, Revision revision) {
        long request = client.request(i -> new ClientFrame.Revise(i, conversation, seq, id, revision));
        scene.run();
        return request;
    }

    private long notify(RawClient client, String user, String id, String type, String status, long seq) {
        long request = client.request(i -> new ClientFrame.Notify(i, user, id, type, status, "", Map.of(), seq));
        scene.run();
        return request;
    }

    private static int status(RawClient client, long request) {
        return client.reply(request).status().code();
    }

    private Result.Conversation conversation(RawClient client) {
        long id = client.request(i -> new ClientFrame.Conversations(i, null, 10));
        scene.run();
        return ((Result.Conversations) client.reply(id).result())
                .conversations().stream()
                        .filter(c -> c.conversation().value().equals(DIRECT))
                        .findFirst()
                        .orElseThrow();
    }
}
