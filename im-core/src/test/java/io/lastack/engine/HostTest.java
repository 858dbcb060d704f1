package io.lastack.engine;

import static io.lastack.engine.Scene.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lastack.Messages;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the host does without a connection. */
class HostTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId CHAT = ConversationId.parse("direct:alice~bob");

    private final Scene scene = new Scene();

    private void send(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            scene.engine
                    .messages()
                    .send(Draft.of(ALICE, CHAT, Content.message("custom", Payload.bytes(new byte[bytes]))));
        }
        scene.run();
    }

    private static List<Long> of(Messages.Page page) {
        return page.messages().stream().map(Message::seq).toList();
    }

    @Test
    void aConversationIsReadInPagesFromEitherEnd() {
        send(7, 1);
        Messages messages = scene.engine.messages();
        assertThat(of(messages.after(CHAT, 0, 3))).isEqualTo(seqs(1, 3));
        assertThat(messages.after(CHAT, 0, 3).more()).isTrue();
        assertThat(of(messages.after(CHAT, 4, 3))).isEqualTo(seqs(5, 7));
        assertThat(messages.after(CHAT, 4, 3).more()).isFalse();
        assertThat(of(messages.before(CHAT, Long.MAX_VALUE, 3))).isEqualTo(seqs(5, 7));
        assertThat(messages.before(CHAT, Long.MAX_VALUE, 3).more()).isTrue();
        assertThat(of(messages.before(CHAT, 3, 3))).isEqualTo(seqs(1, 2));
        assertThat(messages.before(CHAT, 3, 3).more()).isFalse();
        assertThat(of(messages.before(CHAT, 1, 3))).isEmpty();
        assertThat(of(messages.after(CHAT, 7, 3))).isEmpty();
        assertThat(of(messages.after(ConversationId.group("none"), 0, 3))).isEmpty();
    }

    @Test
    void aPageBeginsWhereTheLogDoesAndHoldsNoMoreThanItsBytes() {
        send(40, 60_000);
        scene.engine.retention().trim(CHAT, 5);
        Messages messages = scene.engine.messages();
        Messages.Page oldest = messages.after(CHAT, 0, 100);
        assertThat(of(oldest)).startsWith(6L).hasSizeBetween(17, 19);
        assertThat(oldest.more()).isTrue();
        Messages.Page newest = messages.before(CHAT, Long.MAX_VALUE, 100);
        assertThat(of(newest)).endsWith(40L).hasSize(17);
        assertThat(newest.more()).isTrue();
        assertThat(messages.before(CHAT, 9, 100).more()).isFalse();
    }

    @Test
    void aPageThatMeansNothingIsRefused() {
        Messages messages = scene.engine.messages();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> messages.after(CHAT, -1, 1))
                .withMessageContaining("after is -1");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> messages.before(CHAT, 0, 1))
                .withMessageContaining("before is 0");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> messages.before(CHAT, 1, 0))
                .withMessageContaining("limit is 0");
    }

    @Test
    void aChangeOfAGroupUnderAnIdIsMadeOnce() {
        var groups = scene.engine.groups();
        ConversationId group =
                done(groups.withClientMessageId(ClientMessageId.of("a")).create(ALICE, "G", List.of()));
        assertThat(done(groups.withClientMessageId(ClientMessageId.of("a")).create(ALICE, "G", List.of())))
                .isEqualTo(group);
        ClientMessageId id = ClientMessageId.of("b");
        UserId bob = UserId.of("bob");
        assertThat(done(groups.withClientMessageId(id).add(ALICE, group, List.of(bob))))
                .isEqualTo(2);
        assertThat(done(groups.remove(ALICE, group, List.of(bob)))).isEqualTo(3);
        assertThat(done(groups.withClientMessageId(id).add(ALICE, group, List.of(bob))))
                .isEqualTo(2);
        assertThat(groups.members(group, null, 10)).hasSize(1);
        assertThat(done(groups.add(ALICE, group, List.of(bob)))).isEqualTo(4);
    }

    private <T> T done(CompletionStage<T> stage) {
        scene.run();
        return stage.toCompletableFuture().join();
    }
}
