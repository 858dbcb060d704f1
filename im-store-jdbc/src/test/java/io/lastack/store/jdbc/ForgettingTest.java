package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationId.Kind;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogExtent;
import io.lastack.spi.UserErasure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deleting and erasing leave in the tables, what they cost, and what a second store on them sees. */
class ForgettingTest {
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final long EVER = Long.MAX_VALUE;

    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
    private final JdbcDataSource memory = new JdbcDataSource();
    private Connection connection;
    private JdbcStore store;
    private JdbcStore other;

    @BeforeEach
    void open() throws SQLException {
        memory.setURL("jdbc:h2:mem:forgetting");
        memory.setUser("sa");
        connection = memory.getConnection();
        store = JdbcStore.of(TappedDataSource.of(memory, statements::add));
        other = JdbcStore.of(memory);
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        other.close();
        connection.close();
    }

    private void send(ConversationId conversation, int count) {
        store.log()
                .append(
                        Collections.nCopies(count, 0).stream()
                                .map(i -> Chat.draft(conversation))
                                .toList(),
                        1);
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void erase(UserErasure erasure, UserId user, int limit) {
        String position = erasure.erase(user, null, limit);
        for (int step = 0; position != null; step++) {
            assertThat(step).isLessThan(10_000);
            position = erasure.erase(user, position, limit);
        }
    }

    @Test
    void theRowsOfDeletedMessagesAreGone() throws SQLException {
        send(DIRECT, 100);
        store.retention().orElseThrow().trim(DIRECT, 60, EVER, 1_000);

        assertThat(count("lastack_message")).isEqualTo(40);
    }

    @Test
    void theReachOfHundredsOfLogsComesInOneStatement() {
        IntStream.range(0, 300).forEach(i -> send(ConversationId.inbox(UserId.of("user-" + i)), 1));
        statements.clear();

        List<LogExtent> extents = store.retention().orElseThrow().extents(Kind.INBOX, null, 500);
        assertThat(extents).hasSize(300);
        assertThat(statements).hasSize(1);
    }

    @Test
    void aBatchCostsTheSameNumberOfStatementsWhateverItsSize() {
        send(DIRECT, 1_000);
        store.retention().orElseThrow().trim(DIRECT, 1, EVER, 1);
        statements.clear();
        store.retention().orElseThrow().trim(DIRECT, 900, EVER, 800);

        assertThat(statements).hasSize(4);
    }

    @Test
    void nothingOfAnErasedUserIsInTheTablesButBlankMessages() throws SQLException {
        Content rich = new Content(
                Content.MESSAGE, "x-own", Payload.text("private"), Map.of("k", "private"), 1, List.of(BOB), 0);
        store.log()
                .append(
                        List.of(
                                Draft.of(ALICE, DIRECT, rich).withClientMessageId(ClientMessageId.of("1")),
                                Draft.of(ALICE, ConversationId.inbox(BOB), rich)
                                        .withClientMessageId(ClientMessageId.of("2"))),
                        1);
        store.cursors().register(ALICE, PHONE, DeviceStart.HEAD);

        erase(store.erasure().orElseThrow(), ALICE, 1);

        String alice = "(SELECT id FROM lastack_user WHERE name = 'alice')";
        assertThat(count("lastack_message WHERE sender = " + alice)).isEqualTo(2);
        assertThat(count("lastack_message WHERE sender = " + alice
                        + " AND (LENGTH(body) > 0 OR POSITION('private' IN UTF8TOSTRING(extra)) > 0)"))
                .isZero();
        assertThat(count("lastack_member WHERE usr = " + alice)).isZero();
        assertThat(count("lastack_cursor WHERE usr = " + alice)).isZero();
        assertThat(count("lastack_device WHERE usr = " + alice)).isZero();
        assertThat(Chat.read(store, DIRECT).get(0).content())
                .isEqualTo(new Content(Content.MESSAGE, "x-own", Payload.EMPTY, Map.of(), 1, List.of(), 0));
    }

    @Test
    void aPositionThatCameLateIsErasedByTheNextCall() throws SQLException {
        send(DIRECT, 3);
        erase(store.erasure().orElseThrow(), BOB, 100);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO lastack_cursor (conv, usr, device, last_ack)"
                    + " SELECT 1, id, 77, 3 FROM lastack_user WHERE name = 'bob'");
        }

        erase(store.erasure().orElseThrow(), BOB, 100);
        assertThat(count("lastack_cursor")).isZero();
    }

    @Test
    void anotherStoreForgetsTheDevicesOfWhoIsErasedToo() {
        send(DIRECT, 3);
        assertThat(other.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isTrue();
        assertThat(other.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isFalse();

        erase(store.erasure().orElseThrow(), BOB, 100);

        assertThat(other.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isTrue();
        assertThat(store.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isFalse();
    }

    @Test
    void manyConversationsAreWalkedThroughInStretches() {
        for (int from = 0; from < 5_000; from += 1_000) {
            store.log()
                    .append(
                            IntStream.range(from, from + 1_000)
                                    .mapToObj(i -> Chat.draft(ConversationId.inbox(UserId.of("user-" + i))))
                                    .toList(),
                            1);
        }
        var export = store.export().orElseThrow();
        int pages = 0;
        int messages = 0;
        String position = null;
        do {
            var page = export.sent(ALICE, position, 700, 1 << 20);
            messages += page.messages().size();
            position = page.next();
            pages++;
        } while (position != null);
        assertThat(messages).isEqualTo(5_000);
        assertThat(pages).isBetween(8, 20);

        erase(store.erasure().orElseThrow(), ALICE, 700);
        assertThat(Chat.read(store, ConversationId.inbox(UserId.of("user-4321")))
                        .get(0)
                        .content()
                        .payload()
                        .size())
                .isZero();
    }

    @Test
    void anotherStoreSeesARenewedEpoch() {
        String fresh = store.epochRenewal().orElseThrow().renew(store.log().epoch(), "fresh");

        assertThat(fresh).isEqualTo("fresh");
        assertThat(other.log().epoch()).isEqualTo("fresh");
    }

    @Test
    void whoOpensARestoredBackupMayGiveItANewEpoch() {
        send(DIRECT, 2);
        String before = store.log().epoch();
        try (JdbcStore again = JdbcStore.builder(memory).newEpoch().open()) {
            assertThat(again.log().epoch())
                    .isNotEqualTo(before)
                    .isEqualTo(store.log().epoch());
            assertThat(Chat.read(again, DIRECT)).hasSize(2);
        }
        try (JdbcStore later = JdbcStore.of(memory)) {
            assertThat(later.log().epoch()).isEqualTo(store.log().epoch());
        }
    }
}
