package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change;
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
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deleting and erasing leave in the tables, what they cost, and what a second store on them sees. */
abstract class ForgettingContract {
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final long EVER = Long.MAX_VALUE;

    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
    private DataSource database;
    private JdbcStore store;
    private JdbcStore other;

    /** An empty database that stays until the test has ended. */
    abstract DataSource database();

    @BeforeEach
    final void open() {
        database = database();
        store = JdbcStore.of(TappedDataSource.of(database, this::note));
        other = JdbcStore.of(database);
    }

    @AfterEach
    final void close() {
        store.close();
        other.close();
    }

    /** Not what only begins or ends a transaction. */
    private void note(String sql) {
        if (!sql.equals("COMMIT") && !sql.startsWith("SET ")) {
            statements.add(sql);
        }
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
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String bytes(String sql) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + sql)) {
            while (row.next()) {
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    byte[] value = row.getBytes(column);
                    all.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return all.toString();
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

        assertThat(statements).hasSize(7);
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
        assertThat(bytes("body, extra FROM lastack_message WHERE sender = " + alice))
                .doesNotContain("private")
                .contains("x-own");
        assertThat(count("lastack_member WHERE usr = " + alice)).isZero();
        assertThat(count("lastack_cursor WHERE usr = " + alice)).isZero();
        assertThat(count("lastack_device WHERE usr = " + alice)).isZero();
        assertThat(Chat.read(store, DIRECT).get(0).content())
                .isEqualTo(new Content(Content.MESSAGE, "x-own", Payload.EMPTY, Map.of(), 1, List.of(), 0));
    }

    private static Draft groupOfAliceAndBob(ConversationId group) {
        return new Draft(
                group,
                ALICE,
                ClientMessageId.of("create"),
                new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0),
                new Change.CreateGroup("G", Change.History.ALL, List.of(BOB)));
    }

    @Test
    void aUserOfHundredsOfGroupsIsErasedInTransactionsThatEachLockAFewAndItsCountsStayRight() throws SQLException {
        send(DIRECT, 1);
        for (int group = 0; group < 3; group++) {
            int from = group * 150;
            store.log()
                    .append(
                            IntStream.range(from, from + 150)
                                    .mapToObj(i -> groupOfAliceAndBob(ConversationId.group("g" + i)))
                                    .toList(),
                            1);
        }
        String position = store.erasure().orElseThrow().erase(BOB, null, 100);
        statements.clear();
        int calls = 0;
        while (position != null) {
            position = store.erasure().orElseThrow().erase(BOB, position, 100);
            calls++;
        }

        assertThat(statements)
                .filteredOn(sql -> sql.endsWith("WHERE id = ? FOR UPDATE"))
                .hasSize(451);
        assertThat(calls).isBetween(4, 6);
        assertThat(count("lastack_member WHERE usr = (SELECT id FROM lastack_user WHERE name = 'bob')"))
                .isZero();
        assertThat(count("lastack_conversation WHERE members = 1 AND name LIKE 'group:%'"))
                .isEqualTo(450);
    }

    @Test
    void aPositionThatCameLateIsErasedByTheNextCall() throws SQLException {
        send(DIRECT, 3);
        erase(store.erasure().orElseThrow(), BOB, 100);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO lastack_cursor (conv, usr, device, last_ack)"
                    + " SELECT c.id, u.id, 77, 3 FROM lastack_conversation c, lastack_user u WHERE u.name = 'bob'");
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
        try (JdbcStore again = JdbcStore.builder(database).newEpoch().open()) {
            assertThat(again.log().epoch())
                    .isNotEqualTo(before)
                    .isEqualTo(store.log().epoch());
            assertThat(Chat.read(again, DIRECT)).hasSize(2);
        }
        try (JdbcStore later = JdbcStore.of(database)) {
            assertThat(later.log().epoch()).isEqualTo(store.log().epoch());
        }
    }
}
