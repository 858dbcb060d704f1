package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, slices and deleted beginnings. */
class ReadingTest {
    private static final String URL = "jdbc:h2:mem:reading";

    private final JdbcStore store = JdbcStore.builder(URL).cacheSize(1).open();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aBodyMayHaveUpToAMebibyteAndALargerOneIsRefusedAlone() {
        byte[] largest = new byte[1 << 20];
        List<AppendOutcome> outcomes = store.log()
                .append(List.of(draft("1", largest), draft("2", new byte[largest.length + 1]), draft("3", largest)), 1);

        assertThat(outcomes.get(0)).isEqualTo(new Appended(1, 1));
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(refused.message()).contains("1048577", "1048576");
        });
        assertThat(outcomes.get(2)).isEqualTo(new Appended(2, 1));
        assertThat(Chat.read(store, DIRECT))
                .extracting(message -> message.content().payload().size())
                .containsExactly(largest.length, largest.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 129, 1500})
    void aRangeOfAnyLengthIsReadAsAWhole(int messages) {
        append(messages, 3);

        assertThat(Chat.read(store, DIRECT)).extracting(Message::seq).containsExactlyElementsOf(seqs(1, messages));
        assertThat(page(new SeqRange(1, messages), Integer.MAX_VALUE).messages())
                .hasSize(messages);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 11, 640, 641, 5000})
    void aPageEndsWithTheMessageThatReachesItsBytes(int maxBytes) {
        append(1000, 10);

        assertThat(page(new SeqRange(1, Long.MAX_VALUE), maxBytes).messages()).hasSize((maxBytes + 9) / 10);
    }

    @Test
    void emptyBodiesAreReadToTheEnd() {
        append(300, 0);

        assertThat(page(new SeqRange(1, Long.MAX_VALUE), 1).messages()).hasSize(300);
    }

    @Test
    void sendersAreNamedThoughNoMoreThanOneIsRemembered() {
        for (int i = 0; i < 5; i++) {
            UserId user = UserId.of("user-" + i);
            store.log()
                    .append(
                            List.of(
                                    Chat.draft(ConversationId.direct(ALICE, user)),
                                    Draft.text(user, ConversationId.direct(ALICE, user), "hi")
                                            .withClientMessageId(ClientMessageId.of("1"))),
                            1);
        }
        for (int i = 0; i < 5; i++) {
            UserId user = UserId.of("user-" + i);
            assertThat(Chat.read(store, ConversationId.direct(ALICE, user)))
                    .extracting(Message::sender)
                    .containsExactly(ALICE, user);
        }
    }

    @Test
    void aLogWhoseBeginningWasDeletedSaysSoAndGoesOn() throws SQLException {
        append(100, 3);
        try (Connection connection = DriverManager.getConnection(URL, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM lastack_message WHERE seq <= 40");
            statement.execute("UPDATE lastack_conversation SET trimmed_through = 40");
        }

        LogPage page = page(new SeqRange(1, Long.MAX_VALUE), Integer.MAX_VALUE);
        assertThat(page.trimmedThrough()).isEqualTo(40);
        assertThat(page.messages()).extracting(Message::seq).containsExactlyElementsOf(seqs(41, 100));
        assertThat(page(new SeqRange(1, 20), 10).messages()).isEmpty();
        assertThat(page(new SeqRange(1, 20), 10).trimmedThrough()).isEqualTo(40);
        assertThat(Chat.send(store, DIRECT)).isEqualTo(101);
    }

    private LogPage page(SeqRange range, int maxBytes) {
        return store.log().read(List.of(new LogQuery(DIRECT, range, maxBytes))).get(0);
    }

    private void append(int messages, int bytes) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            drafts.add(draft("m" + i, new byte[bytes]));
        }
        assertThat(store.log().append(drafts, 1)).hasOnlyElementsOfType(Appended.class);
    }

    private static Draft draft(String id, byte[] body) {
        return Draft.of(BOB, DIRECT, Content.message("file", Payload.bytes(body)))
                .withClientMessageId(ClientMessageId.of(id));
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
