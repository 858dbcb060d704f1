package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.store.jdbc.server.ServerKind;
import io.lastack.store.jdbc.server.SlowLink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that takes its time for every answer: what is asked of it comes late, and right. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@ParameterizedClass
@MethodSource("io.lastack.store.jdbc.server.ServerKind#servers")
class SlowServerTest {
    private static final Duration DELAY =
            Boolean.getBoolean("lastack.heavy") ? Duration.ofSeconds(1) : Duration.ofMillis(300);

    private final ServerKind kind;

    SlowServerTest(ServerKind kind) {
        this.kind = kind;
    }

    @Test
    void appendsComeLateAndAreRightAndGoOnOnceItIsFastAgain() throws Exception {
        try (SlowLink link = new SlowLink(kind.newDatabase());
                JdbcStore store = JdbcStore.open(link.url())) {
            ConversationId inbox = ConversationId.inbox(Chat.ALICE);
            assertThat(Chat.send(store, DIRECT)).isEqualTo(1);
            assertThat(Chat.send(store, inbox)).isEqualTo(1);

            link.delayAnswers(DELAY);
            Draft late = Chat.draft(DIRECT);
            assertThat(store.log().append(List.of(late, Chat.draft(inbox)), 1))
                    .hasExactlyElementsOfTypes(AppendOutcome.Appended.class, AppendOutcome.Appended.class);
            assertThat(Chat.read(store, DIRECT)).hasSize(2);

            link.delayAnswers(Duration.ZERO);
            assertThat(store.log().append(List.of(late), 1))
                    .hasExactlyElementsOfTypes(AppendOutcome.AlreadyAppended.class);
            assertThat(Chat.send(store, DIRECT)).isEqualTo(3);
            assertThat(Chat.read(store, DIRECT))
                    .extracting(Message::seq)
                    .isEqualTo(LongStream.rangeClosed(1, 3).boxed().toList());
        }
    }
}
