package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryTransport;
import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database file is replaced by an older copy of it while clients live on. */
class BackupTest {
    @TempDir
    Path directory;

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final List<String> seen = new ArrayList<>();
    private JdbcStore store;
    private ImEngine engine;
    private MemoryTransport transport;

    private void start(boolean newEpoch) {
        JdbcStoreBuilder builder = JdbcStore.builder("jdbc:h2:file:" + directory.resolve("im"));
        store = newEpoch ? builder.newEpoch().open() : builder.open();
        engine = ImEngine.builder(store)
                .runtime(runtime)
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .build();
        transport.setReachable(true);
    }

    private void stop() {
        transport.setReachable(false);
        engine.drain(Duration.ofSeconds(1));
        run(5);
        store.close();
    }

    private void run(long seconds) {
        runtime.advance(Duration.ofSeconds(seconds));
    }

    private void copy(String from, String to) {
        try {
            Files.copy(directory.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ImClient bob() {
        return ImClient.builder(runtime, transport)
                .tokens(TokenSource.of("bob"))
                .device(DeviceId.of("phone"))
                .listener(new ClientListener() {
                    @Override
                    public void message(Message message) {
                        seen.add(message.content().payload().asText());
                    }

                    @Override
                    public void epochChanged(String before, String now) {
                        seen.add("epoch");
                    }
                })
                .build();
    }

    /** Two messages, a backup, two more, and the backup put back. */
    private ImClient restoredUnder(boolean newEpoch) {
        transport = MemoryTransport.to((connection, handshake) -> engine.accept(connection, handshake), runtime);
        start(false);
        ImClient bob = bob();
        bob.start();
        send("one", "two");
        assertThat(seen).containsExactly("one", "two");
        stop();
        copy("im.mv.db", "backup");
        start(false);
        run(60);
        send("three", "four");
        assertThat(seen).containsExactly("one", "two", "three", "four");
        stop();
        copy("backup", "im.mv.db");
        start(newEpoch);
        return bob;
    }

    private void send(String... texts) {
        for (String text : texts) {
            engine.messages().send(Draft.text(ALICE, DIRECT, text));
        }
        run(5);
    }

    @Test
    void aClientThatHasMoreThanTheBackupShowsItAndMissesNothingAfterwards() {
        ImClient bob = restoredUnder(false);
        String epoch = store.log().epoch();
        bob.send(ALICE, Content.text("from the outbox"));
        run(60);

        assertThat(store.log().epoch()).isNotEqualTo(epoch);
        assertThat(seen.subList(4, seen.size())).containsExactly("epoch", "from the outbox");
        send("five");
        assertThat(seen.subList(4, seen.size())).containsExactly("epoch", "from the outbox", "five");
        assertThat(Chat.read(store, DIRECT))
                .extracting(m -> m.content().payload().asText())
                .containsExactly("one", "two", "from the outbox", "five");
        stop();
    }

    @Test
    void withANewEpochFromTheStartNothingIsMissedThoughOthersWroteBefore() {
        ImClient bob = restoredUnder(true);
        send("3", "4", "5");
        run(60);

        assertThat(seen.subList(4, seen.size())).containsExactly("epoch", "3", "4", "5");
        assertThat(bob.outboxSize()).isZero();
        assertThat(store.memberships()
                        .subscriptions(UserId.of("bob"), DeviceId.of("phone"), List.of(DIRECT))
                        .get(0)
                        .lastAck())
                .isEqualTo(5);
        stop();
    }
}
