package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.log.Change.History;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Erasing a user, and telling all that is kept of one. */
class PrivacyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final ConversationId TEAM = ConversationId.group("team");
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private final Scene scene = new Scene();

    private void send(UserId from, ConversationId to, String text) {
        scene.engine.messages().send(Draft.text(from, to, text));
        scene.run();
    }

    private void team() {
        scene.engine.groups().create(TEAM, ALICE, "Team", History.ALL, List.of(BOB, CAROL));
        scene.run();
    }

    private void erase(UserId user) {
        CompletableFuture<Void> erased = scene.engine.privacy().erase(user).toCompletableFuture();
        scene.pass(LONG_ENOUGH);
        assertThat(erased).isCompleted();
    }

    private List<Message> log(ConversationId conversation) {
        return scene.engine.messages().read(conversation, new SeqRange(1, 1_000));
    }

    private static String textOf(Message message) {
        return message.content().payload().asText();
    }

    @Test
    void theUsersConnectionsAreClosedAndItsMessagesAreBlank() {
        RawClient alice = scene.join("alice");
        RawClient tablet = scene.join("alice", "tablet");
        RawClient bob = scene.join("bob");
        send(ALICE, DIRECT, "private");
        send(BOB, DIRECT, "mine");

        erase(ALICE);
        assertThat(List.of(alice.closed.code(), tablet.closed.code())).containsOnly(CloseReason.POLICY);
        assertThat(bob.closed).isNull();
        assertThat(log(DIRECT)).extracting(m -> textOf(m)).containsExactly("", "mine");
        assertThat(scene.engine.presence().isOnline(ALICE)).isFalse();
    }

    @Test
    void aDeviceThatComesLaterGetsTheBlankMessageAlsoWhileOthersAreOnline() {
        RawClient tablet = scene.join("bob", "tablet");
        send(ALICE, DIRECT, "private");
        assertThat(tablet.delivered(DIRECT.value())).extracting(m -> textOf(m)).containsExactly("private");
        erase(ALICE);
        send(BOB, DIRECT, "later");

        RawClient phone = scene.join("bob", "phone");
        assertThat(phone.seqs(DIRECT.value())).isEqualTo(seqs(1, 2));
        assertThat(phone.delivered(DIRECT.value())).extracting(m -> textOf(m)).containsExactly("", "later");
    }

    @Test
    void theOtherMembersOfItsGroupsSeeItLeave() {
        team();
        RawClient bob = scene.join("bob");
        bob.acksAtOnce = true;
        send(CAROL, TEAM, "private");
        erase(CAROL);

        List<Message> seen = bob.delivered(TEAM.value());
        Message last = seen.get(seen.size() - 1);
        assertThat(last.content().kind()).isEqualTo(Content.MEMBERSHIP);
        assertThat(last.content().ext()).containsEntry("change", "removed").containsEntry("users", "carol");
        assertThat(scene.engine.groups().members(TEAM, null, 10))
                .extracting(m -> m.user())
                .containsExactly(ALICE, BOB);
        assertThat(scene.engine.groups().info(TEAM).members()).isEqualTo(2);
        assertThat(scene.engine.receipts().readers(TEAM, 1).unreadBy()).containsExactly(BOB);
        send(BOB, TEAM, "goes on");
        assertThat(log(TEAM)).extracting(Message::seq).isEqualTo(seqs(1, 4));
    }

    @Test
    void itsInboxIsEmptyAndItsSeqsGoOn() {
        ConversationId inbox = ConversationId.inbox(ALICE);
        Content note = new Content(
                Content.NOTIFICATION, "friend-request", Payload.EMPTY, Map.of("remark", "r"), 0, List.of(), 0);
        scene.engine.notifications().send(BOB, List.of(ALICE), ClientMessageId.of("n-1"), note);
        scene.run();
        erase(ALICE);

        assertThat(log(inbox)).isEmpty();
        assertThat(scene.engine.messages().lastSeq(inbox)).isEqualTo(1);
    }

    @Test
    void positionsOnTheirWayDoNotComeBack() {
        RawClient bob = scene.join("bob");
        team();
        send(ALICE, TEAM, "x");
        bob.ack(TEAM.value(), 2);
        scene.run();
        erase(BOB);
        scene.pass(LONG_ENOUGH);

        assertThat(scene.store.memberships().entitled(TEAM, 1))
                .extracting(s -> s.user())
                .doesNotContain(BOB);
        assertThat(scene.store.memberships().subscriptions(BOB, io.lastack.log.DeviceId.of("bob-1"), null, 10))
                .isEmpty();
    }

    @Test
    void erasingTwiceAndWhoWasNeverThereIsHarmless() {
        send(ALICE, DIRECT, "private");

        erase(ALICE);
        erase(ALICE);
        erase(UserId.of("nobody"));
        assertThat(log(DIRECT)).hasSize(1);
    }

    @Test
    void everythingThatIsKeptOfAUserIsExported() throws IOException {
        team();
        RawClient alice = scene.join("alice", "phone");
        alice.acksAtOnce = true;
        send(ALICE, DIRECT, "line one\nline \"two\" \ud83d\ude00");
        scene.engine
                .messages()
                .send(Draft.of(
                        ALICE,
                        TEAM,
                        Content.message("file", Payload.bytes(new byte[] {0, -1}))
                                .withExt(Map.of("name", "a.bin"))
                                .withMentions(List.of(BOB))
                                .withReplyTo(1)));
        send(BOB, DIRECT, "not hers");
        Content note = new Content(
                Content.NOTIFICATION, "friend-request", Payload.EMPTY, Map.of("remark", "r"), 0, List.of(), 0);
        scene.engine.notifications().send(BOB, List.of(ALICE), ClientMessageId.of("n-1"), note);
        scene.run();
        alice.request(id -> new ClientFrame.Read(id, DIRECT.value(), 2));
        scene.pass(LONG_ENOUGH);

        StringBuilder out = new StringBuilder();
        scene.engine.privacy().export(ALICE, out);

        assertThat(out.toString()).endsWith("}\n").doesNotContain("not hers");
        List<JsonNode> lines = out.toString().lines().map(line -> parse(line)).toList();
        assertThat(lines.get(0).toString()).isEqualTo("{\"line\":\"user\",\"user\":\"alice\",\"devices\":[\"phone\"]}");
        assertThat(of(lines, "membership"))
                .extracting(n ->
                        n.get("conversation").textValue() + " " + n.get("role").textValue() + " " + n.get("lastRead"))
                .containsExactly("direct:alice~bob member 2", "group:team owner 0", "inbox:alice member 0");
        assertThat(of(lines, "position"))
                .extracting(n -> n.get("conversation").textValue() + " "
                        + n.get("device").textValue() + " " + n.get("lastAck"))
                .containsExactly("direct:alice~bob phone 2", "group:team phone 2", "inbox:alice phone 1");
        List<JsonNode> sent = of(lines, "sent");
        assertThat(sent)
                .hasSize(3)
                .allSatisfy(n -> assertThat(n.get("sender").textValue()).isEqualTo("alice"));
        assertThat(sent.get(0).get("text").textValue()).isEqualTo("line one\nline \"two\" \ud83d\ude00");
        JsonNode file = sent.get(2);
        assertThat(Base64.getDecoder().decode(file.get("body").textValue())).containsExactly(0, -1);
        assertThat(List.of(file.get("replyTo").asInt(), file.get("seq").asInt()))
                .containsExactly(1, 2);
        assertThat(file.get("mentions").get(0).textValue()).isEqualTo("bob");
        assertThat(file.get("ext").get("name").textValue()).isEqualTo("a.bin");
        assertThat(of(lines, "inbox"))
                .singleElement()
                .satisfies(
                        n -> assertThat(n.get("ext").get("remark").textValue()).isEqualTo("r"));
    }

    @Test
    void aLongExportComesWholeAndInPages() throws IOException {
        for (int i = 0; i < 2_300; i++) {
            scene.engine.messages().send(Draft.text(ALICE, DIRECT, "m" + i));
            scene.engine.messages().send(Draft.text(BOB, ConversationId.inbox(ALICE), "n" + i));
        }
        scene.run();
        scene.engine.retention().trim(ConversationId.inbox(ALICE), 100);
        StringBuilder out = new StringBuilder();
        scene.engine.privacy().export(ALICE, out);

        List<JsonNode> lines = out.toString().lines().map(line -> parse(line)).toList();
        assertThat(of(lines, "sent")).extracting(n -> n.get("seq").asLong()).isEqualTo(seqs(1, 2_300));
        assertThat(of(lines, "inbox")).extracting(n -> n.get("seq").asLong()).isEqualTo(seqs(101, 2_300));
    }

    @Test
    void aStoreThatCannotSaysSo() {
        Scene without = new Scene(new FaultyStore(), b -> b);

        assertThatIllegalStateException()
                .isThrownBy(() -> without.engine.privacy().erase(ALICE));
        assertThatIllegalStateException()
                .isThrownBy(() -> without.engine.privacy().export(ALICE, new StringBuilder()));
    }

    private static List<JsonNode> of(List<JsonNode> lines, String kind) {
        return lines.stream()
                .filter(line -> line.get("line").textValue().equals(kind))
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
