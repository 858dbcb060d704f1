package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static io.lastack.store.jdbc.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.ImEngine;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.HostAppend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host appended in its own transactions reaches who is connected. */
class HostDeliveryTest {
    private static final EngineOptions NEVER = EngineOptions.defaults().withRepairInterval(Duration.ofDays(1));
    private static final EngineOptions OFTEN = EngineOptions.defaults().withRepairInterval(Duration.ofMillis(100));

    @TempDir
    Path directory;

    private final JdbcDataSource host = new JdbcDataSource();
    private JdbcStore store;

    @BeforeEach
    void open() {
        host.setURL("jdbc:h2:retry:" + directory.resolve("im"));
        host.setUser("sa");
        store = JdbcStore.of(host);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private HostAppend commit(Draft draft) throws SQLException {
        try (Connection connection = host.getConnection()) {
            connection.setAutoCommit(false);
            HostAppend appended = store.appendIn(connection, List.of(draft), SENT_AT);
            connection.commit();
            return appended;
        }
    }

    private static void tell(ImEngine engine, HostAppend appended) {
        engine.messages()
                .committed(appended)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void whatTheEngineIsToldOfArrivesWithoutARepair() throws SQLException {
        try (ImEngine engine = Listening.engine(store, NEVER)) {
            Listening bob = Listening.to(engine, BOB);
            for (int i = 1; i <= 10; i++) {
                tell(engine, commit(Chat.draft(DIRECT)));
                bob.awaitHead(DIRECT, i);
            }
            assertThat(bob.delivered(DIRECT)).isEqualTo(Chat.read(store, DIRECT));
            assertThat(engine.counters().conversationsRepaired()).isZero();
        }
    }

    @Test
    void whatTheEngineIsNotToldOfArrivesByRepair() throws SQLException {
        try (ImEngine engine = Listening.engine(store, OFTEN)) {
            Listening bob = Listening.to(engine, BOB);
            commit(Chat.draft(DIRECT));
            bob.awaitHead(DIRECT, 1);
            commit(Chat.draft(DIRECT));
            bob.awaitHead(DIRECT, 2);
            commit(Chat.draft(ConversationId.inbox(BOB)));
            bob.awaitHead(ConversationId.inbox(BOB), 1);
            assertThat(bob.seqs(DIRECT)).containsExactly(1L, 2L);
        }
    }

    @Test
    void messagesOfTheEngineAboveOneThatItWasNotToldOfBringItAlong() throws SQLException {
        try (ImEngine engine = Listening.engine(store, NEVER)) {
            Listening bob = Listening.to(engine, BOB);
            tell(engine, commit(Chat.draft(DIRECT)));
            bob.awaitHead(DIRECT, 1);
            HostAppend late = commit(Chat.draft(DIRECT));
            engine.messages().send(Draft.text(ALICE, DIRECT, "x"));
            bob.awaitHead(DIRECT, 3);
            tell(engine, late);
            engine.messages().send(Draft.text(ALICE, DIRECT, "y"));
            bob.awaitHead(DIRECT, 4);

            assertThat(bob.seqs(DIRECT)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void whatWasRolledBackIsNeverDeliveredWhateverTheEngineIsTold() throws SQLException {
        try (ImEngine engine = Listening.engine(store, OFTEN)) {
            Listening bob = Listening.to(engine, BOB);
            commit(Chat.draft(DIRECT));
            bob.awaitHead(DIRECT, 1);
            HostAppend gone;
            try (Connection connection = host.getConnection()) {
                connection.setAutoCommit(false);
                gone = store.appendIn(connection, List.of(Chat.draft(DIRECT)), SENT_AT);
                connection.rollback();
            }
            assertThatThrownBy(() -> tell(engine, gone)).hasCauseInstanceOf(IllegalStateException.class);
            Draft next = Chat.draft(DIRECT);
            tell(engine, commit(next));
            bob.awaitHead(DIRECT, 2);

            assertThat(bob.delivered(DIRECT)).hasSize(2).contains(next.at(2, SENT_AT));
        }
    }
}
