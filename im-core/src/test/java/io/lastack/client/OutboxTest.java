package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static io.lastack.client.World.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.error.InvalidRequestException;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Payload;
import io.lastack.session.ClientFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    @Test
    void aSendCompletesWithThePlaceInTheLog() {
        World world = new World().online();
        world.server.say(DIRECT, 4);
        CompletionStage<Sent> sent = world.client.send(ScriptedServer.BOB, Content.text("hi"));
        world.run(1);

        assertThat(sent).isCompletedWithValueMatching(s -> s.conversation().equals(DIRECT) && s.seq() == 5);
        assertThat(sent).isCompletedWithValueMatching(s -> !s.duplicate());
        assertThat(world.client.outboxSize()).isZero();
    }

    @Test
    void whatIsSentBeforeTheFirstLinkLeavesInOrderOnceThereIsOne() {
        World world = new World();
        sendNumbered(world, 20);
        world.online();
        assertThat(world.server.log.texts(DIRECT)).isEqualTo(numbers(20));
    }

    @Test
    void unansweredMessagesAreSentAgainInOrderUnderTheSameIds() {
        World world = new World(b ->
                b.options(ClientOptions.builder().maxInFlightPerConversation(8).build()));
        world.server.unanswered = request -> request instanceof ClientFrame.Send;
        world.online();
        List<CompletionStage<Sent>> sends = sendNumbered(world, 20);
        world.run(1);
        List<String> first = sentIds(world);
        assertThat(first).hasSize(8);
        assertThat(sends).noneMatch(s -> s.toCompletableFuture().isDone());

        world.server.unanswered = request -> false;
        world.server.received.clear();
        world.connector.cut();
        world.run(5);

        assertThat(sentIds(world)).hasSize(20).startsWith(first.toArray(String[]::new));
        assertThat(world.server.log.texts(DIRECT)).isEqualTo(numbers(20));
        assertThat(world.seen.texts(DIRECT)).isEqualTo(numbers(20));
        assertThat(sends).allSatisfy(s -> assertThat(s).isCompleted());
        assertThat(sends.get(0)).isCompletedWithValueMatching(Sent::duplicate);
    }

    @Test
    void noMoreThanAllowedAreInFlight() {
        World world = new World(b -> b.options(ClientOptions.builder()
                .maxInFlight(5)
                .maxInFlightPerConversation(3)
                .build()));
        world.server.unanswered = request -> request instanceof ClientFrame.Send;
        world.online();
        sendNumbered(world, 10);
        for (int i = 0; i < 10; i++) {
            world.send(GROUP, "g" + i);
        }
        world.run(1);

        List<String> inFlight = world.server.received(ClientFrame.Send.class).stream()
                .map(ClientFrame.Send::conversation)
                .toList();
        assertThat(inFlight).hasSize(5);
        assertThat(inFlight).filteredOn(DIRECT.value()::equals).hasSize(3);
    }

    @Test
    void messagesThatMayBeInFlightTogetherLeaveInOnePacket() {
        World world = new World(b -> b.options(
                        ClientOptions.builder().maxInFlightPerConversation(64).build()))
                .online();
        int before = world.server.packets;
        world.runtime.execute(() -> sendNumbered(world, 50));
        world.runtime.runUntilIdle();
        assertThat(world.server.packets - before).isLessThan(50);
        assertThat(world.server.log.texts(DIRECT)).isEqualTo(numbers(50));
    }

    @Test
    void aServerThatIsBusyIsAskedAgainWhenItSaysAndTheOrderHolds() {
        World world = new World().online();
        long[] refusedAt = {0};
        world.server.refusal = request -> {
            if (request instanceof ClientFrame.Send send
                    && "1".equals(send.body().text())
                    && refusedAt[0] == 0) {
                refusedAt[0] = world.runtime.nanoTime();
                return new Status(429, "too many", 2_000);
            }
            return null;
        };
        List<CompletionStage<Sent>> sends = sendNumbered(world, 3);
        world.send(GROUP, "elsewhere");
        world.run(1);
        CompletionStage<Sent> meanwhile = world.send(DIRECT, "3");
        world.run(0.999);
        assertThat(world.server.log.texts(DIRECT)).containsExactly("0");
        assertThat(meanwhile.toCompletableFuture()).isNotDone();
        assertThat(world.server.log.texts(GROUP)).containsExactly("elsewhere");

        world.run(0.1);
        assertThat(world.server.log.texts(DIRECT)).isEqualTo(numbers(4));
        assertThat(sends).allSatisfy(s -> assertThat(s).isCompleted());
    }

    @Test
    void aServerThatIsUnavailableIsAskedUntilItAnswers() {
        World world = new World().online();
        List<Long> times = new ArrayList<>();
        world.server.refusal = request -> {
            if (request instanceof ClientFrame.Send && times.size() < 6) {
                times.add(world.runtime.nanoTime());
                return Status.of(503, "the store cannot answer");
            }
            return null;
        };
        CompletionStage<Sent> sent = world.send(DIRECT, "hi");
        world.run(60);
        assertThat(sent).isCompleted();
        assertThat(times).hasSize(6);
    }

    @Test
    void aPauseEndsWithItsLink() {
        World world = new World().online();
        world.server.refusal = request -> request instanceof ClientFrame.Send ? new Status(429, "", 60_000) : null;
        world.send(DIRECT, "hi");
        world.run(1);
        world.server.refusal = request -> null;
        world.connector.cut();
        world.run(2);
        assertThat(world.server.log.texts(DIRECT)).containsExactly("hi");
        world.run(120);
        assertThat(world.server.received(ClientFrame.Send.class)).hasSize(2);
    }

    @Test
    void aRefusalForGoodFailsThatMessageAndTheNextOneGoesOn() {
        World world = new World().online();
        world.server.refusal = request -> request instanceof ClientFrame.Send send
                        && "1".equals(send.body().text())
                ? Status.of(403, "not here")
                : null;
        List<CompletionStage<Sent>> sends = sendNumbered(world, 3);
        world.run(1);

        assertThatThrownBy(() -> sends.get(1).toCompletableFuture().join())
                .hasCauseInstanceOf(RequestFailedException.class)
                .hasMessageContaining("send was refused with 403: not here");
        assertThat(world.server.log.texts(DIRECT)).containsExactly("0", "2");
        assertThat(world.client.outboxSize()).isZero();
        assertThat(world.state.load().outbox()).isEmpty();
        assertThat(world.seen.trace).anyMatch(line -> line.startsWith("failed ") && line.endsWith(" 403"));
    }

    @Test
    void aBodyAboveTheServersLimitFailsWithoutBeingSent() {
        World world = new World();
        world.server.maxBodyBytes = 100;
        world.online();
        CompletionStage<Sent> tooLong = world.send(DIRECT, "x".repeat(101));
        CompletionStage<Sent> fits = world.send(DIRECT, "x".repeat(100));
        world.run(1);

        assertThatThrownBy(() -> tooLong.toCompletableFuture().join())
                .hasMessageContaining("the body has 101 bytes; at most 100 are allowed");
        assertThat(fits).isCompleted();
        assertThat(world.server.received(ClientFrame.Send.class)).hasSize(1);
    }

    @Test
    void aFullOutboxRefusesAndTakesAgainOnceThereIsRoom() {
        World world =
                new World(b -> b.options(ClientOptions.builder().maxOutbox(3).build()));
        List<CompletionStage<Sent>> sends = sendNumbered(world, 3);
        CompletionStage<Sent> fourth = world.send(DIRECT, "one too many");
        assertThatThrownBy(() -> fourth.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OutboxFullException.class)
                .hasMessageContaining("3 messages are not answered yet");

        world.online();
        assertThat(sends).allSatisfy(s -> assertThat(s).isCompleted());
        CompletionStage<Sent> later = world.send(DIRECT, "now");
        world.run(1);
        assertThat(later).isCompleted();
    }

    @Test
    void theSameEntryGivenTwiceIsSentOnceAndSharesItsAnswer() {
        World world = new World().online();
        OutboxEntry entry = new OutboxEntry(DIRECT.value(), ClientMessageId.of("mine"), Content.text("hi"));
        CompletionStage<Sent> one = world.client.send(entry);
        CompletionStage<Sent> other = world.client.send(entry);
        world.run(1);

        assertThat(other.toCompletableFuture().join())
                .isEqualTo(one.toCompletableFuture().join());
        assertThat(world.server.received(ClientFrame.Send.class)).hasSize(1);
    }

    @Test
    void anotherMessageUnderAnIdInUseIsRefused() {
        World world = new World();
        ClientMessageId id = ClientMessageId.of("mine");
        world.client.send(new OutboxEntry(DIRECT.value(), id, Content.text("one")));
        CompletionStage<Sent> other = world.client.send(new OutboxEntry(DIRECT.value(), id, Content.text("other")));
        world.run(1);

        assertThatThrownBy(() -> other.toCompletableFuture().join())
                .hasCauseInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("clientMessageId mine is that of another message");
        assertThat(world.client.outboxSize()).isEqualTo(1);
    }

    @Test
    void onlyPlainMessagesToRealAddressesCanBeSent() {
        ClientMessageId id = ClientMessageId.of("mine");
        Content recall = new Content(Content.RECALL, "text", Payload.EMPTY, Map.of(), 0, List.of(), 7);
        assertThatThrownBy(() -> new OutboxEntry(DIRECT.value(), id, recall))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("kind recall revising 7 cannot be sent");
        assertThatThrownBy(() -> new OutboxEntry("room:lobby", id, Content.text("hi")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new OutboxEntry("user:no spaces", id, Content.text("hi")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aClosedClientFailsItsSendsInWordsAndKeepsThem() {
        World world = new World();
        CompletionStage<Sent> waiting = world.send(DIRECT, "waiting");
        world.client.close();
        CompletionStage<Sent> late = world.send(DIRECT, "late");
        world.run(1);

        assertThatThrownBy(() -> waiting.toCompletableFuture().join())
                .hasCauseInstanceOf(UnansweredException.class)
                .hasMessageContaining("it stays in the outbox");
        assertThatThrownBy(() -> late.toCompletableFuture().join())
                .hasCauseInstanceOf(UnansweredException.class)
                .hasMessageContaining("it was not queued");
        assertThat(world.state.load().outbox()).hasSize(1);
    }

    @Test
    void aStateThatCannotKeepAMessageRefusesIt() {
        World world = new World(b -> b.state(new ClientState() {
                    @Override
                    public Saved load() {
                        return new Saved(null, Map.of(), List.of());
                    }

                    @Override
                    public void epoch(String epoch) {}

                    @Override
                    public void floors(Map<ConversationId, Long> moved) {}

                    @Override
                    public void queued(OutboxEntry entry) {
                        throw new IllegalStateException("disk full");
                    }

                    @Override
                    public void settled(ClientMessageId id) {}
                }))
                .online();
        CompletionStage<Sent> sent = world.send(DIRECT, "hi");
        world.run(1);
        assertThatThrownBy(() -> sent.toCompletableFuture().join()).hasMessageContaining("disk full");
        assertThat(world.server.received(ClientFrame.Send.class)).isEmpty();
        assertThat(world.client.outboxSize()).isZero();
    }

    @Test
    void whileTooMuchIsHeldNothingNewIsSent() {
        Deciding deciding = new Deciding();
        World world = new World(b -> b.listener(deciding)
                .options(ClientOptions.builder()
                        .maxInFlightPerConversation(64)
                        .maxOutbox(3_000)
                        .ackDelay(Duration.ofMillis(1))
                        .build()));
        world.server.window = 1;
        world.server.say(DIRECT, 2);
        world.online();
        sendNumbered(world, 3_000);
        world.run(1);
        assertThat(world.server.log.head(DIRECT)).isBetween(1_000L, 1_200L);

        for (int i = 1; i <= 3_002; i++) {
            world.run(0.01);
            if (deciding.open.containsKey(DIRECT + " " + i)) {
                deciding.take(DIRECT, i).acked();
            }
        }
        world.run(1);
        assertThat(deciding.of(DIRECT)).hasSize(3_002);
        assertThat(deciding.texts(DIRECT).subList(2, 3_002)).isEqualTo(numbers(3_000));
    }

    private static List<CompletionStage<Sent>> sendNumbered(World world, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> world.send(DIRECT, String.valueOf(i)))
                .toList();
    }

    private static List<String> sentIds(World world) {
        return world.server.received(ClientFrame.Send.class).stream()
                .map(ClientFrame.Send::clientMessageId)
                .toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }
}
