package io.lastack.client;

import static io.lastack.client.World.DIRECT;
import static io.lastack.client.World.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.session.RoomAction;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestsTest {
    private static final List<UserId> BOB = List.of(ScriptedServer.BOB);

    /** A request, and whether it is made again on the next link. */
    record Example(String name, boolean repeated, Function<ClientRequests, CompletionStage<?>> ask) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Example> all() {
        return Stream.of(
                new Example("fetchAfter", true, r -> r.fetchAfter(DIRECT, 0, 10)),
                new Example("fetchBefore", true, r -> r.fetchBefore(DIRECT, 5, 10)),
                new Example("conversations", true, r -> r.conversations(null, 10)),
                new Example("receipts", true, r -> r.receipts(DIRECT, 1)),
                new Example("createGroup", true, r -> r.createGroup("g", "name", BOB)),
                new Example("changeGroup", false, r -> r.changeGroup(GROUP, new GroupAction.Rename("new"))),
                new Example("members", true, r -> r.members(GROUP, null, 10)),
                new Example("revise", true, r -> r.revise(DIRECT, 1, new Revision.Recall())),
                new Example("group", true, r -> r.group(GROUP)),
                new Example("settings", true, r -> r.settings(DIRECT, new ConversationSettings(0, true, false))),
                new Example("block", true, r -> r.block(ScriptedServer.BOB, true)),
                new Example("blocked", true, r -> r.blocked(null, 10)),
                new Example("readAll", true, ClientRequests::readAll),
                new Example("receiptCounts", true, r -> r.receiptCounts(DIRECT, 1)),
                new Example("notify", true, r -> r.notify(ScriptedServer.BOB, "x-order", "new", "", Map.of())),
                new Example("presence", true, r -> r.presence(BOB, List.of())),
                new Example("room join", true, r -> r.room("lobby", new RoomAction.Join())),
                new Example("room count", true, r -> r.room("lobby", new RoomAction.Count())),
                new Example("room publish", false, r -> r.room("lobby", new RoomAction.Publish("play", Body.NONE))),
                new Example("ping", true, ClientRequests::ping));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRequestIsAnswered(Example example) {
        World world = new World().online();
        CompletionStage<?> answer = example.ask().apply(world.client.requests());
        world.run(1);
        assertThat(answer).isCompleted();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRequestMadeWithoutALinkWaitsForOne(Example example) {
        World world = new World();
        CompletionStage<?> answer = example.ask().apply(world.client.requests());
        world.run(5);
        assertThat(answer.toCompletableFuture()).isNotDone();
        world.online();
        assertThat(answer).isCompleted();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRequestWhoseLinkIsLostIsMadeAgainOnlyIfThatDoesNoHarm(Example example) {
        World world = new World().online();
        world.server.unanswered = request -> !(request instanceof ClientFrame.Hello);
        CompletionStage<?> answer = example.ask().apply(world.client.requests());
        world.run(1);
        world.server.unanswered = request -> false;
        world.connector.cut();
        world.run(2);

        if (example.repeated()) {
            assertThat(answer).isCompleted();
        } else {
            assertThatThrownBy(() -> answer.toCompletableFuture().join())
                    .hasCauseInstanceOf(UnansweredException.class)
                    .hasMessageContaining("the link was lost before the answer came")
                    .cause()
                    .satisfies(e -> assertThat(((UnansweredException) e).mayHaveTakenEffect())
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRefusalIsToldWithItsStatus(Example example) {
        World world = new World().online();
        Status busy = new Status(429, "too many", 700);
        world.server.refusal = request -> busy;
        CompletionStage<?> answer = example.ask().apply(world.client.requests());
        world.run(1);
        assertThatThrownBy(() -> answer.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailedException.class,
                        e -> assertThat(e.status()).isEqualTo(busy));
    }

    @Test
    void aRequestMadeOnHearingThatAnotherFailedWithItsLinkWaitsForTheNextLink() {
        World world = new World().online();
        world.server.unanswered = request -> request instanceof ClientFrame.Room;
        AtomicReference<CompletionStage<Boolean>> second = new AtomicReference<>();
        CompletionStage<Result.Room> first =
                world.client.requests().room("lobby", new RoomAction.Publish("play", Body.NONE));
        CompletionStage<Result.Room> unused = first.whenComplete(
                (room, failure) -> second.set(world.client.requests().ping()));
        world.run(1);
        world.connector.cut();
        world.run(2);
        assertThat(second.get()).isCompleted();
    }

    @Test
    void resultsAreWhatTheServerSaid() {
        World world = new World().online();
        world.server.say(DIRECT, 5);
        CompletionStage<Result.Fetch> page = world.client.requests().fetchAfter(DIRECT, 2, 2);
        world.run(1);
        assertThat(page.toCompletableFuture().join().messages())
                .isEqualTo(world.server.log.of(DIRECT).subList(2, 4));
    }

    @Test
    void aRequestThatIsMadeAgainKeepsItsClientMessageId() {
        World world = new World().online();
        world.server.unanswered = request -> request instanceof ClientFrame.Notify;
        world.client.requests().notify(ScriptedServer.BOB, "x-order", "new", "", Map.of());
        world.run(1);
        world.connector.cut();
        world.run(2);
        assertThat(world.server.received(ClientFrame.Notify.class).stream().map(ClientFrame.Notify::clientMessageId))
                .hasSize(2)
                .allSatisfy(id -> assertThat(id).hasSize(32))
                .containsOnly(
                        world.server.received(ClientFrame.Notify.class).get(0).clientMessageId());
    }

    @Test
    void whatIsNotAnsweredInTimeFailsInWords() {
        World world = new World(b -> b.options(
                ClientOptions.builder().requestTimeout(Duration.ofSeconds(4)).build()));
        CompletionStage<Boolean> offline = world.client.requests().ping();
        world.run(5);
        assertThatThrownBy(() -> offline.toCompletableFuture().join())
                .hasMessageContaining("ping: no connection within PT4S");

        world.online();
        world.server.unanswered = request -> true;
        CompletionStage<Boolean> online = world.client.requests().ping();
        world.run(5);
        assertThatThrownBy(() -> online.toCompletableFuture().join())
                .hasMessageContaining("ping: no answer within PT4S");
    }

    @Test
    void anAnswerThatCarriesNoResultFails() {
        World world = new World().online();
        world.server.refusal = request -> Status.OK;
        CompletionStage<Result.Fetch> page = world.client.requests().fetchAfter(DIRECT, 0, 1);
        world.run(1);
        assertThatThrownBy(() -> page.toCompletableFuture().join())
                .hasMessageContaining("the server's answer carries no result of it");
    }

    @Test
    void requestsThatWaitAreBounded() {
        World world =
                new World(b -> b.options(ClientOptions.builder().maxRequests(5).build()));
        List<CompletionStage<Boolean>> pings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pings.add(world.client.requests().ping());
        }
        CompletionStage<Boolean> tooMany = world.client.requests().ping();
        assertThatThrownBy(() -> tooMany.toCompletableFuture().join())
                .hasMessageContaining("5 requests wait for an answer; no more are allowed");
        world.online();
        assertThat(pings).allSatisfy(ping -> assertThat(ping).isCompleted());
        CompletionStage<Boolean> later = world.client.requests().ping();
        world.run(1);
        assertThat(later).isCompleted();
    }

    @Test
    void aStoppedClientFailsItsRequestsAtOnce() {
        World world = new World().online();
        world.server.unanswered = request -> request instanceof ClientFrame.Ping;
        CompletionStage<Boolean> before = world.client.requests().ping();
        world.run(1);
        world.server.close(CloseReason.REPLACED);
        world.run(0.1);
        CompletionStage<Boolean> after = world.client.requests().ping();
        world.run(0.1);
        for (CompletionStage<Boolean> ping : List.of(before, after)) {
            assertThatThrownBy(() -> ping.toCompletableFuture().join())
                    .hasCauseInstanceOf(UnansweredException.class)
                    .hasMessageContaining("ping: the client is stopped (4409");
        }
    }

    @Test
    void signalsGoOutWhileThereIsALinkAndAreDroppedOtherwise() {
        World world = new World();
        world.client.signal(DIRECT, "typing", Body.NONE);
        world.online();
        world.client.signal(DIRECT, "typing", Body.of("x"));
        world.run(1);
        assertThat(world.server.received(ClientFrame.Signal.class))
                .containsExactly(new ClientFrame.Signal(DIRECT.value(), "typing", Body.of("x")));
    }
}
