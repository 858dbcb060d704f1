package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.EngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two engines over one store in a file, with nothing else between them. */
class TwoEnginesTest {
    private static final ConversationId TEAM = ConversationId.group("team");
    private static final EngineOptions OFTEN = EngineOptions.defaults().withRepairInterval(Duration.ofMillis(100));

    @TempDir
    Path directory;

    private JdbcStore store;
    private ImEngine here;
    private ImEngine there;
    private Listening bob;

    @BeforeEach
    void open() {
        store = JdbcStore.open("jdbc:h2:file:" + directory.resolve("im"));
        here = Listening.engine(store, OFTEN);
        there = Listening.engine(store, OFTEN);
        bob = Listening.to(here, BOB);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
        store.close();
    }

    @Test
    void messagesAndMembershipsOfTheOneReachWhoIsConnectedToTheOther() {
        ConversationId chat = ConversationId.direct(ALICE, BOB);
        for (int i = 1; i <= 20; i++) {
            sent(there, chat);
            bob.awaitHead(chat, i);
        }
        assertThat(bob.seqs(chat)).isEqualTo(Listening.seqs(1, 20));

        done(there.groups().create(TEAM, ALICE, "T", History.FROM_JOIN, List.of(BOB)));
        bob.awaitChange(TEAM, "joined");
        done(there.groups().setRole(ALICE, TEAM, BOB, Role.ADMIN));
        bob.awaitChange(TEAM, "role");
        done(there.groups().remove(ALICE, TEAM, List.of(BOB)));
        bob.awaitChange(TEAM, "left");
        sent(there, TEAM);
        done(there.groups().add(ALICE, TEAM, List.of(BOB)));
        bob.awaitChange(TEAM, "joined");
        done(there.groups().dissolve(ALICE, TEAM));
        bob.awaitChange(TEAM, "left");

        assertThat(bob.changes(TEAM)).containsExactly("joined", "role", "left", "joined", "left");
        bob.awaitHead(TEAM, 6);
        assertThat(bob.seqs(TEAM))
                .as("and not what was said while bob was away")
                .containsExactly(1L, 2L, 3L, 5L, 6L);
    }

    @Test
    void bothWriteToOneGroupAtOnceAndEachDeliversAllOfIt() {
        done(there.groups().create(TEAM, ALICE, "T", History.ALL, List.of(BOB)));
        Listening alice = Listening.to(there, ALICE);
        UserId host = UserId.of("host");
        for (int i = 0; i < 300; i++) {
            here.messages().send(Draft.text(host, TEAM, "here"));
            there.messages().send(Draft.text(host, TEAM, "there"));
        }
        bob.awaitHead(TEAM, 601);
        alice.awaitHead(TEAM, 601);

        List<Message> log = Chat.read(store, TEAM);
        assertThat(bob.delivered(TEAM)).isEqualTo(log).hasSize(601);
        assertThat(alice.delivered(TEAM)).isEqualTo(log);
    }

    private static void sent(ImEngine engine, ConversationId conversation) {
        done(engine.messages().send(Draft.text(ALICE, conversation, "x")));
    }

    private static void done(CompletionStage<?> stage) {
        stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
