package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static io.lastack.client.World.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ReadTest {
    @Test
    void ofPositionsInAShortWhileOnlyTheNewestIsSentAndAllComplete() {
        World world = new World().online();
        List<CompletionStage<Boolean>> reads = new ArrayList<>();
        for (long seq : new long[] {5, 3, 9, 7}) {
            reads.add(world.client.read(DIRECT, seq));
        }
        reads.add(world.client.read(GROUP, 2));
        world.run(1);

        assertThat(sent(world)).containsExactlyInAnyOrder(DIRECT + " 9", GROUP + " 2");
        assertThat(reads).allSatisfy(read -> assertThat(read).isCompleted());
    }

    @Test
    void aLaterPositionIsSentAfterTheEarlierOne() {
        World world = new World().online();
        world.client.read(DIRECT, 5);
        world.run(1);
        world.client.read(DIRECT, 6);
        world.run(1);
        assertThat(sent(world)).containsExactly(DIRECT + " 5", DIRECT + " 6");
    }

    @Test
    void aPositionWhoseAnswerIsLostIsSentAgainUnlessANewerOneTookItsPlace() {
        World world = new World().online();
        world.server.unanswered = request -> request instanceof ClientFrame.Read;
        CompletionStage<Boolean> one = world.client.read(DIRECT, 5);
        CompletionStage<Boolean> other = world.client.read(GROUP, 2);
        world.run(1);
        CompletionStage<Boolean> newer = world.client.read(DIRECT, 8);
        world.run(1);
        world.server.unanswered = request -> false;
        world.connector.cut();
        world.run(1);

        assertThat(sent(world)).containsExactlyInAnyOrder(DIRECT + " 5", GROUP + " 2", DIRECT + " 8", GROUP + " 2");
        assertThat(List.of(one, other, newer))
                .allSatisfy(read -> assertThat(read).isCompleted());
    }

    @Test
    void aServerThatIsBusyIsAskedAgainWhenItSays() {
        World world = new World().online();
        world.server.refusal = request -> request instanceof ClientFrame.Read ? new Status(429, "", 5_000) : null;
        CompletionStage<Boolean> read = world.client.read(DIRECT, 5);
        world.run(4);
        assertThat(sent(world)).hasSize(1);
        world.server.refusal = request -> null;
        world.run(2);
        assertThat(sent(world)).hasSize(2);
        assertThat(read).isCompleted();
    }

    @Test
    void aRefusalFailsWhoWaitedForIt() {
        World world = new World().online();
        world.server.refusal = request -> request instanceof ClientFrame.Read ? Status.of(422, "above the head") : null;
        CompletionStage<Boolean> read = world.client.read(DIRECT, 5);
        world.run(1);
        assertThatThrownBy(() -> read.toCompletableFuture().join())
                .hasCauseInstanceOf(RequestFailedException.class)
                .hasMessageContaining("read was refused with 422: above the head");
    }

    @Test
    void aStoppedClientFailsItsReadsInWords() {
        World world = new World();
        CompletionStage<Boolean> before = world.client.read(DIRECT, 5);
        world.run(1);
        assertThat(before.toCompletableFuture()).isNotDone();
        world.server.unanswered = request -> request instanceof ClientFrame.Read;
        world.online();
        world.server.close(CloseReason.REPLACED);
        world.run(1);
        CompletionStage<Boolean> after = world.client.read(DIRECT, 6);
        world.run(1);

        for (CompletionStage<Boolean> read : List.of(before, after)) {
            assertThatThrownBy(() -> read.toCompletableFuture().join())
                    .hasCauseInstanceOf(UnansweredException.class)
                    .hasMessageContaining("the client is stopped (4409");
        }
    }

    @Test
    void readsThatWaitAreBounded() {
        World world =
                new World(b -> b.options(ClientOptions.builder().maxRequests(10).build()));
        for (int i = 0; i < 10; i++) {
            world.client.read(DIRECT, i + 1);
        }
        CompletionStage<Boolean> tooMany = world.client.read(DIRECT, 99);
        assertThatThrownBy(() -> tooMany.toCompletableFuture().join()).hasMessageContaining("10 reads wait");
        world.online();
        CompletionStage<Boolean> later = world.client.read(DIRECT, 99);
        world.run(1);
        assertThat(later).isCompleted();
    }

    private static List<String> sent(World world) {
        return world.server.received(ClientFrame.Read.class).stream()
                .map(read -> read.conversation() + " " + read.seq())
                .toList();
    }
}
