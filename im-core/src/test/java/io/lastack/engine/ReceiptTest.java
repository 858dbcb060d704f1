package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.receipt.DeliveredMark;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame.Receipt;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private static final String CHAT = "direct:alice~bob";
    private static final Duration FLUSH = Duration.ofMillis(250);

    private final Scene scene = new Scene();

    private static long read(RawClient client, String conversation, long seq) {
        return client.request(id -> new ClientFrame.Read(id, conversation, seq));
    }

    @Test
    void theAuthorHearsOfDeliveryAndReadingNewestOnly() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        for (int i = 0; i < 20; i++) {
            alice.send("user:bob", "m" + i, "x");
            scene.run();
            bob.ack(CHAT, i + 1);
        }
        read(bob, CHAT, 5);
        read(bob, CHAT, 12);
        scene.pass(FLUSH);

        assertThat(alice.all(Receipt.class))
                .containsExactlyInAnyOrder(
                        new Receipt(ConversationId.parse(CHAT), UserId.of("bob"), 20, 0),
                        new Receipt(ConversationId.parse(CHAT), UserId.of("bob"), 0, 12));
        assertThat(scene.engine.counters().ackRowsWritten())
                .as("bob's floor once")
                .isEqualTo(1);
        assertThat(scene.engine.counters().readRowsWritten()).isEqualTo(1);
    }

    @Test
    void aReceiptDoesNotGoBackWhenAnotherDeviceOfTheReaderIsBehind() {
        RawClient alice = scene.join("alice");
        RawClient phone = scene.join("bob", "phone");
        for (int i = 0; i < 5; i++) {
            alice.send("user:bob", "m" + i, "x");
        }
        scene.run();
        RawClient tablet = scene.join("bob", "tablet");
        read(phone, CHAT, 5);
        scene.pass(FLUSH);
        long late = read(tablet, CHAT, 2);
        scene.pass(FLUSH);

        assertThat(tablet.reply(late).status().isOk()).isTrue();
        assertThat(alice.all(Receipt.class))
                .extracting(Receipt::lastRead)
                .containsOnlyOnce(5L)
                .doesNotContain(2L);
        assertThat(tablet.all(Receipt.class)).extracting(Receipt::lastRead).doesNotContain(2L);
    }

    @Test
    void theReplyToReadComesWhenItIsStored() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m", "x");
        scene.run();
        long id = read(bob, CHAT, 1);
        scene.run();
        assertThat(bob.saw(f -> f.toString().contains("requestId=" + id + ","))).isFalse();
        scene.pass(FLUSH);
        assertThat(bob.reply(id).status().isOk()).isTrue();
        assertThat(scene.engine
                        .receipts()
                        .readers(ConversationId.parse(CHAT), 1)
                        .readBy())
                .extracting(m -> m.user().value())
                .containsExactly("bob");
    }

    @Test
    void readingAboveTheHeadIsRefused() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.send("user:bob", "m", "x");
        scene.run();
        long id = read(bob, CHAT, 2);
        scene.run();
        assertThat(bob.reply(id).status().code()).isEqualTo(422);
    }

    @Test
    void readingOnOneDeviceReachesTheOthersOfTheSameUser() {
        RawClient alice = scene.join("alice");
        RawClient phone = scene.join("bob", "phone");
        RawClient web = scene.join("bob", "web");
        alice.send("user:bob", "m", "x");
        scene.run();
        read(phone, CHAT, 1);
        scene.pass(FLUSH);
        assertThat(web.all(Receipt.class)).contains(new Receipt(ConversationId.parse(CHAT), UserId.of("bob"), 0, 1));
    }

    @Test
    void theConversationListTellsUnreadAndHowFarThePeerIs() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        alice.acksAtOnce = true;
        for (int i = 0; i < 4; i++) {
            alice.send("user:bob", "a" + i, "x");
        }
        bob.send("user:alice", "b1", "y");
        scene.run();
        bob.ack(CHAT, 3);
        read(bob, CHAT, 2);
        scene.pass(FLUSH);

        Result.Conversation ofBob = only(bob);
        assertThat(ofBob.unread()).as("seqs 3 and 4; 5 is bob's own").isEqualTo(2);
        assertThat(ofBob.lastRead()).isEqualTo(2);
        assertThat(ofBob.lastAck()).isEqualTo(3);
        assertThat(ofBob.lastMessage().content().payload().asText()).isEqualTo("y");
        assertThat(only(alice).peer()).isEqualTo(new Result.Peer(UserId.of("bob"), 3, 2));
        assertThat(only(alice).unread()).isEqualTo(1);
    }

    private Result.Conversation only(RawClient client) {
        long id = client.request(i -> new ClientFrame.Conversations(i, null, 10));
        scene.run();
        List<Result.Conversation> all = ((Result.Conversations) client.reply(id).result()).conversations();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void aGroupTellsWhoHasReadAndWhoHasNotAmongThoseEntitled() {
        RawClient alice = scene.join("alice");
        RawClient bob = scene.join("bob");
        RawClient carol = scene.join("carol");
        alice.request(id -> new ClientFrame.Group(
                id, null, new GroupAction.Create("g", "G", List.of("bob", "carol", "dave"), null, null)));
        alice.send("group:g", "m1", "x");
        scene.run();
        alice.request(id -> new ClientFrame.Group(id, "group:g", new GroupAction.AddMembers(List.of("erin"))));
        scene.run();
        bob.ack("group:g", 2);
        carol.ack("group:g", 2);
        read(bob, "group:g", 2);
        scene.pass(FLUSH);

        long id = alice.request(i -> new ClientFrame.Receipts(i, "group:g", 2));
        scene.run();
        Result.Receipts receipts = (Result.Receipts) alice.reply(id).result();
        assertThat(receipts.readBy()).extracting(r -> r.user().value()).containsExactly("bob");
        assertThat(receipts.unreadBy())
                .extracting(UserId::value)
                .as("erin joined later")
                .containsExactlyInAnyOrder("carol", "dave");
        assertThat(receipts.deliveredTo()).extracting(r -> r.user().value()).containsExactlyInAnyOrder("bob", "carol");
    }

    @Test
    void whoHasReceivedAMessageIsToldWithTheTimeByWhichItWas() {
        RawClient alice = scene.join("alice");
        RawClient phone = scene.join("bob", "phone");
        alice.send("user:bob", "m1", "x");
        scene.pass(Duration.ofSeconds(2));
        long confirmed = scene.runtime.currentTimeMillis();
        phone.ack(CHAT, 1);
        scene.pass(FLUSH);
        alice.send("user:bob", "m2", "y");
        scene.pass(Duration.ofSeconds(2));

        assertThat(delivered(alice, 1)).containsExactly(new Result.Reader(UserId.of("bob"), confirmed));
        assertThat(delivered(alice, 2)).as("pushed, not confirmed").isEmpty();
        long read = scene.runtime.currentTimeMillis();
        read(phone, CHAT, 2);
        scene.pass(FLUSH);
        assertThat(delivered(alice, 2)).containsExactly(new Result.Reader(UserId.of("bob"), read));
        assertThat(scene.engine
                        .receipts()
                        .readers(ConversationId.parse(CHAT), 1)
                        .deliveredTo())
                .containsExactly(new DeliveredMark(UserId.of("bob"), confirmed));
    }

    private List<Result.Reader> delivered(RawClient client, long seq) {
        long id = client.request(i -> new ClientFrame.Receipts(i, CHAT, seq));
        scene.run();
        return ((Result.Receipts) client.reply(id).result()).deliveredTo();
    }

    @Test
    void aMemberWhomThePolicyHidesIsInNoReceiptListOrCountButItsOwnDevicesHear() {
        UserId shy = UserId.of("bob");
        Scene hiding = new Scene(b -> b.policy(new AccessPolicy() {
            @Override
            public boolean maySeeReceipts(UserContext user, ConversationId conversation, UserId member) {
                return !member.equals(shy);
            }
        }));
        RawClient alice = hiding.join("alice");
        RawClient bob = hiding.join("bob", "phone");
        RawClient other = hiding.join("bob", "web");
        RawClient carol = hiding.join("carol");
        alice.request(id ->
                new ClientFrame.Group(id, null, new GroupAction.Create("g", "G", List.of("bob", "carol"), null, null)));
        hiding.run();
        alice.send("group:g", "m1", "x");
        alice.send("user:bob", "d1", "x");
        hiding.run();
        for (RawClient reader : List.of(bob, carol)) {
            reader.ack("group:g", 2);
            read(reader, "group:g", 2);
        }
        bob.ack(CHAT, 1);
        read(bob, CHAT, 1);
        hiding.pass(FLUSH);

        assertThat(alice.all(Receipt.class)).extracting(Receipt::user).containsOnly(UserId.of("carol"));
        assertThat(other.all(Receipt.class)).contains(new Receipt(ConversationId.parse(CHAT), shy, 0, 1));
        long lists = alice.request(i -> new ClientFrame.Receipts(i, "group:g", 2));
        long counts = alice.request(i -> new ClientFrame.Receipts(i, "group:g", 2, true));
        long page = alice.request(i -> new ClientFrame.Conversations(i, null, 0));
        hiding.run();
        Result.Receipts told = (Result.Receipts) alice.reply(lists).result();
        assertThat(told.readBy()).extracting(r -> r.user().value()).containsExactly("carol");
        assertThat(told.unreadBy()).isEmpty();
        assertThat(told.deliveredTo()).extracting(r -> r.user().value()).containsExactly("carol");
        assertThat(alice.reply(counts).result())
                .isEqualTo(new Result.Receipts(ConversationId.group("g"), 2, List.of(), List.of(), List.of(), 1, 0, 1));
        assertThat(((Result.Conversations) alice.reply(page).result()).conversations())
                .extracting(Result.Conversation::peer)
                .contains(new Result.Peer(shy, 0, 0));
        assertThat(hiding.engine
                        .receipts()
                        .readers(ConversationId.group("g"), 2)
                        .readCount())
                .as("the host sees all")
                .isEqualTo(2);
    }

    @Test
    void aLargeGroupCostsFarFewerRowsAndReceiptsThanOneForEachMessageAndMember() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 199; i++) {
            names.add(String.format("u%03d", i));
        }
        RawClient alice = scene.join("alice");
        alice.acksAtOnce = true;
        alice.request(id -> new ClientFrame.Group(id, null, new GroupAction.Create("g", "G", names, null, null)));
        scene.run();
        List<RawClient> online = new ArrayList<>();
        for (int i = 0; i < 39; i++) {
            RawClient member = scene.join(names.get(i));
            member.acksAtOnce = true;
            member.ack("group:g", 1);
            online.add(member);
        }
        scene.pass(FLUSH);
        long rowsBefore = scene.engine.counters().ackRowsWritten();
        long receiptsBefore = scene.engine.counters().receiptsPushed();
        for (int i = 0; i < 1_000; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), ConversationId.group("g"), "message " + i));
            scene.pass(Duration.ofMillis(5));
        }
        scene.pass(FLUSH);

        long rows = scene.engine.counters().ackRowsWritten() - rowsBefore;
        long receipts = scene.engine.counters().receiptsPushed() - receiptsBefore;
        System.out.printf(
                "a group of 200, 40 online, 1,000 messages in 5 s: a message costs 1 stored row, 40 pushes,"
                        + " %.2f cursor rows, %.2f receipt pushes (one counter per user: 1, 40, 40, 40)%n",
                rows / 1_000.0, receipts / 1_000.0);
        assertThat(online).allMatch(m -> m.seqs("group:g").size() == 1_001);
        assertThat(rows).isLessThan(2_000);
        assertThat(receipts).isLessThan(2_000);
    }
}
