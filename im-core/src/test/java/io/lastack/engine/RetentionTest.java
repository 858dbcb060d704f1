package io.lastack.engine;

import static io.lastack.engine.Scene.at;
import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame.Skipped;
import io.lastack.spi.EngineOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What devices and requests see when the beginning of a log is deleted. */
class RetentionTest {
    private static final String CHAT = "direct:alice~bob";
    private static final ConversationId DIRECT = ConversationId.parse(CHAT);

    private final Scene scene = new Scene();

    private static void send(Scene scene, int count) {
        for (int i = 0; i < count; i++) {
            scene.engine.messages().send(Draft.text(UserId.of("alice"), DIRECT, "text " + i));
        }
        scene.run();
    }

    private static Skipped skipped(long from, long to) {
        return new Skipped(DIRECT, from, to, "retention");
    }

    @Test
    void aDeviceThatWasAwayIsToldWhatIsGoneAndGetsTheRest() {
        RawClient bob = scene.join("bob");
        send(scene, 10);
        bob.ack(CHAT, 3);
        scene.pass(Duration.ofSeconds(1));
        scene.transport.links().forEach(link -> link.cut());
        send(scene, 90);
        assertThat(scene.engine.retention().trim(DIRECT, 60)).isEqualTo(60);

        RawClient back = scene.join("bob");
        assertThat(back.all(Skipped.class)).containsExactly(skipped(4, 60));
        assertThat(back.seqs(CHAT)).isEqualTo(seqs(61, 100));
        back.ack(CHAT, 100);
        scene.pass(Duration.ofSeconds(1));
        send(scene, 1);
        assertThat(back.seqs(CHAT)).isEqualTo(seqs(61, 101));
        assertThat(back.closed).isNull();
    }

    @Test
    void aDeviceThatIsBehindIsToldOfWhatIsDeletedBeforeItsTurn() {
        Scene narrow = new Scene(EngineOptions.defaults().withWindow(10, 1 << 20));
        RawClient bob = narrow.join("bob");
        send(narrow, 100);
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 10));
        narrow.engine.retention().trim(DIRECT, 70);

        bob.ack(CHAT, 10);
        narrow.run();
        assertThat(bob.all(Skipped.class)).containsExactly(skipped(11, 70));
        assertThat(bob.seqs(CHAT).subList(10, 11)).containsExactly(71L);
        bob.acksAtOnce = true;
        bob.ack(CHAT, 79);
        narrow.run();
        assertThat(bob.seqs(CHAT).subList(10, 40)).isEqualTo(seqs(71, 100));
    }

    @Test
    void aLiveDeviceThatHasEverythingHearsNothingOfIt() {
        RawClient bob = scene.join("bob");
        bob.acksAtOnce = true;
        send(scene, 50);
        scene.engine.retention().trim(DIRECT, 40);
        send(scene, 10);

        assertThat(bob.all(Skipped.class)).isEmpty();
        assertThat(bob.seqs(CHAT)).isEqualTo(seqs(1, 60));
    }

    @Test
    void aMessageThatWasRefusedAndThenDeletedIsSkippedAndNotSentAgain() {
        RawClient bob = scene.join("bob");
        send(scene, 5);
        bob.ack(CHAT, 1);
        bob.nack(CHAT, 2);
        scene.run();
        scene.engine.retention().trim(DIRECT, 3);
        scene.pass(Duration.ofSeconds(1));

        assertThat(bob.all(Skipped.class)).containsExactly(skipped(2, 3));
        bob.ack(CHAT, 3);
        scene.pass(Duration.ofSeconds(1));
        assertThat(bob.seqs(CHAT)).containsExactly(1L, 2L, 3L, 4L, 5L, 4L, 5L);
    }

    @Test
    void aNewDeviceIsToldThatTheBeginningIsGone() {
        send(scene, 20);
        scene.engine.retention().trim(DIRECT, 20);
        send(scene, 2);

        RawClient tablet = scene.join("bob", "tablet");
        assertThat(tablet.all(Skipped.class)).containsExactly(skipped(1, 20));
        assertThat(tablet.seqs(CHAT)).containsExactly(21L, 22L);
    }

    @Test
    void whenEverythingIsGoneADeviceIsLevelAndGoesOn() {
        send(scene, 20);
        scene.engine.retention().trim(DIRECT, 100);
        RawClient bob = scene.join("bob", "phone", at(CHAT, 7));
        assertThat(bob.all(Skipped.class)).containsExactly(skipped(8, 20));
        bob.ack(CHAT, 20);
        scene.pass(Duration.ofSeconds(1));
        send(scene, 1);

        assertThat(bob.seqs(CHAT)).containsExactly(21L);
        RawClient again = scene.join("bob", "phone");
        assertThat(again.all(Skipped.class)).isEmpty();
        assertThat(again.seqs(CHAT)).containsExactly(21L);
    }

    @Test
    void aLongSkipLeavesTheWindowToOtherConversations() {
        Scene narrow = new Scene(EngineOptions.defaults().withWindow(10, 1 << 20));
        send(narrow, 3_000);
        narrow.engine.messages().send(Draft.text(UserId.of("carol"), ConversationId.parse("direct:bob~carol"), "x"));
        narrow.run();
        narrow.engine.retention().trim(DIRECT, 3_000);

        RawClient bob = narrow.join("bob");
        assertThat(bob.all(Skipped.class)).containsExactly(skipped(1, 3_000));
        assertThat(bob.seqs("direct:bob~carol")).containsExactly(1L);
    }

    @Test
    void historyBeginsWhereTheLogDoes() {
        RawClient bob = scene.join("bob");
        bob.acksAtOnce = true;
        send(scene, 100);
        scene.engine.retention().trim(DIRECT, 60);

        assertThat(fetch(bob, 5, 0, 10)).isEqualTo(new Page(seqs(61, 70), true));
        assertThat(fetch(bob, 58, 0, 100)).isEqualTo(new Page(seqs(61, 100), false));
        assertThat(fetch(bob, 95, 0, 100)).isEqualTo(new Page(seqs(96, 100), false));
        assertThat(fetch(bob, 0, 71, 5)).isEqualTo(new Page(seqs(66, 70), true));
        assertThat(fetch(bob, 0, 66, 5)).isEqualTo(new Page(seqs(61, 65), false));
        assertThat(fetch(bob, 0, 64, 5)).isEqualTo(new Page(seqs(61, 63), false));
        assertThat(fetch(bob, 0, 61, 5)).isEqualTo(new Page(List.of(), false));
        assertThat(fetch(bob, 0, 0, 50)).isEqualTo(new Page(seqs(61, 100), false));
        scene.engine.retention().trim(DIRECT, 100);
        assertThat(fetch(bob, 5, 0, 10)).isEqualTo(new Page(List.of(), false));
        assertThat(fetch(bob, 0, 0, 10)).isEqualTo(new Page(List.of(), false));
    }

    private record Page(List<Long> seqs, boolean more) {}

    private Page fetch(RawClient client, long after, long before, int limit) {
        long id = client.request(r -> new ClientFrame.Fetch(r, CHAT, after, before, limit));
        scene.run();
        Result.Fetch result = (Result.Fetch) client.reply(id).result();
        return new Page(result.messages().stream().map(m -> m.seq()).toList(), result.more());
    }

    @Test
    void conversationsTellWhatIsStillUnreadAndTheNewestThatIsThere() {
        RawClient bob = scene.join("bob");
        send(scene, 10);
        scene.engine.retention().trim(DIRECT, 7);
        assertThat(row(bob).unread()).isEqualTo(3);
        assertThat(row(bob).lastSeq()).isEqualTo(10);

        scene.engine.retention().trim(DIRECT, 10);
        assertThat(row(bob).unread()).isZero();
        assertThat(row(bob).lastSeq()).isEqualTo(10);
        assertThat(row(bob).lastMessage()).isNull();
    }

    private Result.Conversation row(RawClient client) {
        long id = client.request(r -> new ClientFrame.Conversations(r, null, 10));
        scene.run();
        return ((Result.Conversations) client.reply(id).result())
                .conversations()
                .get(0);
    }

    @Test
    void whoHasReadADeletedMessageIsNotFound() {
        RawClient bob = scene.join("bob");
        send(scene, 10);
        scene.engine.retention().trim(DIRECT, 7);

        long gone = bob.request(r -> new ClientFrame.Receipts(r, CHAT, 7));
        long there = bob.request(r -> new ClientFrame.Receipts(r, CHAT, 8));
        scene.run();
        assertThat(bob.reply(gone).status().code()).isEqualTo(404);
        assertThat(bob.reply(gone).status().message()).contains("seq 7", "deleted", "up to 7");
        assertThat(bob.reply(there).status().isOk()).isTrue();
    }

    @Test
    void aStoreThatCannotDeleteSaysSo() {
        Scene keeping = new Scene(new FaultyStore(), b -> b);

        assertThat(keeping.engine.retention().isSupported()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> keeping.engine.retention().sweep());
        assertThatIllegalStateException()
                .isThrownBy(() -> keeping.engine.retention().trim(DIRECT, 1));
    }
}
