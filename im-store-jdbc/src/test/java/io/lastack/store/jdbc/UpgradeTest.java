package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static io.lastack.store.jdbc.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.ClientIdCodec;
import io.lastack.spi.Positions;
import io.lastack.spi.Standing;
import io.lastack.spi.Subscription;
import io.lastack.store.jdbc.server.ServerKind;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A database that an earlier version filled is brought up to date with all that is in it. */
class UpgradeTest {
    private static final int MESSAGES = 3_000;
    private static final DeviceId PHONE = DeviceId.of("phone");

    static Stream<Arguments> databases() {
        Supplier<String> memory = () -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return Stream.concat(
                Stream.of(Arguments.of("H2", memory)),
                Stream.of(ServerKind.values())
                        .map(kind -> Arguments.of(kind.name(), (Supplier<String>) kind::newDatabase)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void whatTheFirstVersionStoredIsThereAndCanBeRevised(String name, Supplier<String> database) throws Exception {
        try (HikariDataSource pool = ServerKind.hostsPool(database.get())) {
            fillVersionOne(pool);

            try (JdbcStore store = JdbcStore.of(pool)) {
                List<Message> log = Chat.read(store, DIRECT);
                assertThat(log).extracting(Message::content).containsOnly(old());
                assertThat(log)
                        .hasSize(MESSAGES)
                        .last()
                        .extracting(Message::seq)
                        .isEqualTo((long) MESSAGES);
                assertThat(ofBob(store).unread()).isEqualTo(MESSAGES);

                assertThat(append(store, ALICE, Content.recall(7))).isEqualTo(MESSAGES + 1);
                append(store, ALICE, Content.edit(8, old().payload(), old().ext(), List.of(BOB)));
                append(store, BOB, Reaction.content(9, "+1", false));
                append(store, ALICE, old());

                assertThat(Chat.read(store, DIRECT).get(6).content().kind()).isEqualTo(Content.RECALLED);
                assertThat(store.log().reactions(DIRECT, new SeqRange(1, MESSAGES), 10))
                        .containsExactly(new Reaction(9, BOB, "+1", MESSAGES + 3));
                assertThat(ofBob(store).unread()).isEqualTo(MESSAGES);
                assertThat(ofBob(store).mentions()).isEqualTo(2);
            }
            try (JdbcStore again = JdbcStore.builder(pool).migrate(false).open()) {
                assertThat(ofBob(again).mentions()).isEqualTo(2);
            }
        }
    }

    /** Also of the scripts between the first and the newest, one of which a server may have stopped at. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void everyEarlierVersionIsBroughtUpToDateAndKeepsPositionsOfOtherLogs(String name, Supplier<String> database)
            throws Exception {
        int newest = new H2Dialect().schemaVersion();
        for (int version = 1; version < newest; version++) {
            try (HikariDataSource pool = ServerKind.hostsPool(database.get())) {
                migrate(pool, version);

                try (JdbcStore store = JdbcStore.of(pool)) {
                    assertThat(Chat.send(store, DIRECT))
                            .as("from version %s", version)
                            .isEqualTo(1);
                    Positions positions = store.positions().orElseThrow();
                    assertThat(positions.raiseReads(List.of(new ReadAdvance(DIRECT, BOB, 900, 5))))
                            .containsExactly(true);
                    assertThat(positions.registered(BOB, PHONE)).isTrue();
                }
                try (JdbcStore again = JdbcStore.builder(pool).migrate(false).open()) {
                    Positions positions = again.positions().orElseThrow();
                    assertThat(positions.standings(DIRECT))
                            .containsOnly(Map.entry(BOB, new Standing(Map.of(), 900, 5)));
                    assertThat(positions.registered(BOB, PHONE)).isFalse();
                    assertThat(ofBob(again).unread()).isEqualTo(1);
                }
            }
        }
    }

    private static void migrate(DataSource database, int version) throws SQLException {
        try (Connection connection = database.getConnection()) {
            new Migrations(earlier(Dialects.of(database), version)).migrate(database, connection);
        }
    }

    private static Content old() {
        return Content.text("from before").withMentions(List.of(BOB));
    }

    private static Subscription ofBob(JdbcStore store) {
        return store.memberships().subscriptions(BOB, PHONE, List.of(DIRECT)).get(0);
    }

    private static long append(JdbcStore store, UserId sender, Content content) {
        Draft draft = Draft.of(sender, DIRECT, content)
                .withClientMessageId(ClientMessageId.of(UUID.randomUUID().toString()));
        return ((Appended) store.log().append(List.of(draft), SENT_AT).get(0)).seq();
    }

    private static void fillVersionOne(DataSource database) throws SQLException {
        migrate(database, 1);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO lastack_user (id, name) VALUES (1001, 'alice'), (1002, 'bob')");
            statement.execute("INSERT INTO lastack_conversation (id, name, last_seq, members)"
                    + " VALUES (1001, 'direct:alice~bob', " + MESSAGES + ", 2)");
            statement.execute("INSERT INTO lastack_member (conv, usr, role, joined_seq, first_seq)"
                    + " VALUES (1001, 1001, 2, 1, 1), (1001, 1002, 2, 1, 1)");
            fill(connection);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO lastack_message"
                + " (conv, seq, sender, client_id, sent_at, kind, shape, body, extra)"
                + " VALUES (1001, ?, 1001, ?, 1, 0, 0, ?, ?)")) {
            for (int seq = 1; seq <= MESSAGES; seq++) {
                insert.setLong(1, seq);
                insert.setBytes(2, ClientIdCodec.encode(ClientMessageId.of("old-" + seq)));
                insert.setBytes(3, "from before".getBytes(StandardCharsets.UTF_8));
                insert.setBytes(4, ExtraCodec.encode(old()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The dialect as it was when it had fewer scripts. */
    private static Dialect earlier(Dialect dialect, int version) {
        return (Dialect) Proxy.newProxyInstance(
                UpgradeTest.class.getClassLoader(),
                new Class<?>[] {Dialect.class},
                (self, method, args) -> switch (method.getName()) {
                    case "scripts" -> dialect.scripts().subList(0, version);
                    case "schemaVersion" -> version;
                    default -> method.invoke(dialect, args);
                });
    }
}
