package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClientStateTest {
    private static final OutboxEntry PLAIN = entry("one", Content.text("hi"));
    private static final OutboxEntry RICH = entry(
            "two",
            Content.message("x-form", Payload.bytes(new byte[] {0, 1, -1}))
                    .withExt(Map.of("k", "v", "k2", "ü"))
                    .withReplyTo(7)
                    .withMentions(List.of(ScriptedServer.BOB)));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("phone.state");
    }

    @Test
    void aNewFileKeepsNothing() {
        try (FileClientState state = FileClientState.open(file)) {
            assertThat(state.load()).isEqualTo(new ClientState.Saved(null, Map.of(), List.of()));
        }
    }

    @Test
    void everythingIsThereAgainAfterwards() {
        try (FileClientState state = FileClientState.open(file)) {
            fill(state);
        }
        ClientState.Saved expected =
                new ClientState.Saved("e1", Map.of(World.DIRECT, 9L, World.GROUP, 3L), List.of(PLAIN, RICH));
        for (int i = 0; i < 3; i++) {
            try (FileClientState state = FileClientState.open(file)) {
                assertThat(state.load()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aNewEpochDropsFloorsAndNothingElse() {
        try (FileClientState state = FileClientState.open(file)) {
            fill(state);
            state.epoch("e2");
        }
        try (FileClientState state = FileClientState.open(file)) {
            assertThat(state.load()).isEqualTo(new ClientState.Saved("e2", Map.of(), List.of(PLAIN, RICH)));
        }
    }

    @Test
    void aFileCutShortAnywhereOpensWithWhatWasWholeBefore() throws IOException {
        byte[] whole = journalOfTwentyFloors();
        long before = -1;
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            if (length > 0 && length < 8) {
                assertThatThrownBy(() -> FileClientState.open(file)).hasMessageContaining("not the state of a client");
                continue;
            }
            try (FileClientState state = FileClientState.open(file)) {
                long floor = state.load().floors().getOrDefault(World.DIRECT, 0L);
                assertThat(floor).isBetween(Math.max(0, before), before + 1);
                before = floor;
                state.floors(Map.of(World.GROUP, 5L));
            }
            try (FileClientState state = FileClientState.open(file)) {
                assertThat(state.load().floors()).containsEntry(World.GROUP, 5L);
            }
        }
        assertThat(before).isEqualTo(20);
    }

    @Test
    void aDamagedByteCostsWhatFollowsAndNeverInventsAnything() throws IOException {
        byte[] whole = journalOfTwentyFloors();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(8, whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try (FileClientState state = FileClientState.open(file)) {
                assertThat(state.load().floors().getOrDefault(World.DIRECT, 0L)).isBetween(0L, 19L);
            }
        }
    }

    @Test
    void theFileStaysSmallHoweverMuchHappens() throws IOException {
        try (FileClientState state = FileClientState.open(file)) {
            for (long seq = 1; seq <= 50_000; seq++) {
                state.queued(entry("m" + seq, Content.text("hello")));
                state.settled(ClientMessageId.of("m" + seq));
                state.floors(Map.of(World.DIRECT, seq));
            }
            assertThat(Files.size(file)).isLessThan(1 << 20);
        }
        try (FileClientState state = FileClientState.open(file)) {
            assertThat(Files.size(file)).isLessThan(200);
            assertThat(state.load().floors()).containsEntry(World.DIRECT, 50_000L);
            assertThat(state.load().outbox()).isEmpty();
        }
    }

    @Test
    void aSecondClientIsRefusedUntilTheFirstIsDone() {
        try (FileClientState first = FileClientState.open(file)) {
            first.epoch("e1");
            assertThatThrownBy(() -> FileClientState.open(file))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another client of this process uses it");
        }
        try (FileClientState second = FileClientState.open(file)) {
            assertThat(second.load().epoch()).isEqualTo("e1");
        }
    }

    @Test
    void aFileOfSomethingElseIsRefusedAndLeftAsItIs() throws IOException {
        Files.writeString(file, "my shopping list");
        assertThatThrownBy(() -> FileClientState.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("it is not the state of a client");
        assertThat(file).hasContent("my shopping list");
    }

    @Test
    void afterCloseNothingIsKeptAndThatIsSaid() {
        FileClientState state = FileClientState.open(file);
        state.close();
        assertThatThrownBy(() -> state.queued(PLAIN))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is closed");
        assertThat(state.load().outbox()).isEmpty();
    }

    @Test
    void aClientThatIsRestartedGoesOnFromItsFile() {
        World world;
        try (FileClientState state = FileClientState.open(file)) {
            world = new World(b -> b.state(state)).online();
            world.server.say(World.DIRECT, 5);
            world.run(1);
            world.server.unanswered = request -> true;
            world.send(World.DIRECT, "unanswered");
            world.run(1);
            world.connector.dead = true;
            world.connector.cut();
        }
        world.server.unanswered = request -> false;
        Seen after = new Seen();
        try (FileClientState state = FileClientState.open(file)) {
            world.another(after, b -> b.state(state)).start();
            world.server.say(World.DIRECT, 1);
            world.run(1);
        }
        assertThat(after.seqs(World.DIRECT)).containsExactly(6L, 7L);
        assertThat(world.server.log.of(World.DIRECT)).hasSize(7);
    }

    private byte[] journalOfTwentyFloors() throws IOException {
        try (FileClientState state = FileClientState.open(file)) {
            for (long seq = 1; seq <= 20; seq++) {
                state.floors(Map.of(World.DIRECT, seq));
            }
            return Files.readAllBytes(file);
        }
    }

    private static void fill(ClientState state) {
        state.epoch("e1");
        state.floors(Map.of(World.DIRECT, 5L, World.GROUP, 3L));
        state.queued(entry("gone", Content.text("answered")));
        state.queued(PLAIN);
        state.queued(RICH);
        state.settled(ClientMessageId.of("gone"));
        state.floors(Map.of(World.DIRECT, 9L));
    }

    private static OutboxEntry entry(String id, Content content) {
        ConversationId target = World.DIRECT;
        return new OutboxEntry(target.value(), ClientMessageId.of(id), content);
    }
}
