package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.Fleet.Ship;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryLink;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The client and the engine together: what each promises alone has to fit. */
class EngineTest {
    private static final boolean HEAVY = Boolean.getBoolean("lastack.heavy");
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final ConversationId GROUP = ConversationId.group("g");

    @Test
    void allDevicesSeeTheLogAsItIs() {
        Fleet fleet = fleet(1);
        converse(fleet, 20);
        fleet.run(5);
        check(fleet, 20);
    }

    @Test
    void whateverHappensToTheLinksAllDevicesSeeTheLogAsItIs() {
        for (long seed = 1; seed <= (HEAVY ? 2_000 : 60); seed++) {
            Fleet fleet = fleet(seed);
            disturb(fleet, new SplittableRandom(seed));
            converse(fleet, 20);
            fleet.run(180);
            try {
                check(fleet, 20);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void aBacklogOfTenThousandIsDrainedWithinAHundredAcks() {
        Fleet fleet = new Fleet(1);
        for (int i = 0; i < 10_000; i++) {
            fleet.engine.messages().send(Draft.text(ALICE, DIRECT, "m" + i));
        }
        fleet.run(1);
        Ship bob = fleet.launch("bob", "phone");
        fleet.run(1);

        assertThat(bob.seen().seqs(DIRECT))
                .isEqualTo(LongStream.rangeClosed(1, 10_000).boxed().toList());
        assertThat(bob.connector().written(ClientFrame.Ack.class)).hasSizeLessThanOrEqualTo(10_000 / 128 + 1);
    }

    @Test
    void aRefusedMessageComesAgainInItsPlace() {
        List<Long> tried = new ArrayList<>();
        Seen failingTwice = new Seen() {
            @Override
            public void message(Message message) {
                tried.add(message.seq());
                if (message.seq() == 3 && tried.stream().filter(seq -> seq == 3).count() < 3) {
                    throw new IllegalStateException("not yet");
                }
                super.message(message);
            }
        };
        Fleet fleet = new Fleet(1);
        fleet.launch("bob", "phone", failingTwice, builder -> {});
        fleet.run(1);
        for (int i = 0; i < 6; i++) {
            fleet.engine.messages().send(Draft.text(ALICE, DIRECT, "m" + i));
        }
        fleet.run(10);
        assertThat(tried).containsExactly(1L, 2L, 3L, 3L, 3L, 4L, 5L, 6L);
        assertThat(failingTwice.seqs(DIRECT)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aClientThatConfirmsSlowlySeesEachMessageOnceAlthoughTheEngineSendsAgain() {
        Deciding slow = new Deciding();
        Fleet fleet = new Fleet(1);
        fleet.launch("bob", "phone", slow, builder -> {});
        fleet.run(1);
        for (int i = 0; i < 3; i++) {
            fleet.engine.messages().send(Draft.text(ALICE, DIRECT, "m" + i));
        }
        fleet.run(25);
        assertThat(slow.seqs(DIRECT)).containsExactly(1L, 2L, 3L);
        slow.open.values().forEach(Confirmation::acked);
        fleet.run(5);
        assertThat(slow.seqs(DIRECT)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aDeviceWithoutItsStateFindsWhereItBeginsWhenItSendsFirst() {
        Fleet fleet = new Fleet(1);
        Ship first = fleet.launch("bob", "phone");
        for (int i = 0; i < 20; i++) {
            fleet.engine.messages().send(Draft.text(ALICE, DIRECT, "m" + i));
        }
        fleet.run(1);
        assertThat(first.seen().of(DIRECT)).hasSize(20);
        first.client().close();
        fleet.run(1);

        Ship again = fleet.launch("bob", "phone");
        fleet.run(1);
        again.client().send(ALICE, Content.text("own"));
        fleet.run(1);
        assertThat(again.seen().seqs(DIRECT)).containsExactly(21L);
        fleet.run(60);
        assertThat(again.seen().seqs(DIRECT)).containsExactly(21L);
        assertThat(again.seen().states).hasSize(2);
    }

    @Test
    void aClientThatWasAwayIsToldWhatIsDeletedAndSeesTheRest() {
        Fleet fleet = new Fleet(1);
        Ship bob = fleet.launch("bob", "phone");
        for (int i = 0; i < 25; i++) {
            if (i == 5) {
                fleet.run(2);
                fleet.transport.setReachable(false);
                fleet.transport.links().forEach(MemoryLink::cut);
            }
            fleet.engine.messages().send(Draft.text(ALICE, DIRECT, "m" + i));
        }
        fleet.run(1);
        fleet.engine.retention().trim(DIRECT, 15);
        fleet.transport.setReachable(true);
        fleet.run(60);
        fleet.engine.messages().send(Draft.text(ALICE, DIRECT, "one more"));
        fleet.run(5);

        assertThat(bob.seen().trace).contains(DIRECT + " skipped 6..15 retention");
        assertThat(bob.seen().seqs(DIRECT))
                .isEqualTo(LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.rangeClosed(16, 26))
                        .boxed()
                        .toList());
        assertThat(fleet.store
                        .memberships()
                        .subscriptions(BOB, DeviceId.of("phone"), null, 1)
                        .get(0)
                        .lastAck())
                .isEqualTo(26);
    }

    @Test
    void theSameDeviceTwiceLeavesOneOfThem() {
        Fleet fleet = new Fleet(1);
        Ship older = fleet.launch("bob", "phone");
        fleet.run(1);
        Ship newer = fleet.launch("bob", "phone");
        fleet.run(600);
        assertThat(older.client().state()).isInstanceOf(ConnectionState.Stopped.class);
        assertThat(newer.client().state()).isInstanceOf(ConnectionState.Online.class);
    }

    @Test
    void requestsAndReadPositionsAreAnswered() {
        Fleet fleet = fleet(1);
        converse(fleet, 5);
        fleet.run(5);
        Ship alice = fleet.ships.get(0);
        CompletionStage<Boolean> read = alice.client().read(DIRECT, 10);
        fleet.run(1);
        CompletionStage<Result.Fetch> page = alice.client().requests().fetchAfter(DIRECT, 2, 3);
        CompletionStage<Result.Conversations> conversations =
                alice.client().requests().conversations(null, 10);
        CompletionStage<Result.Group> members = alice.client().requests().members(GROUP, null, 10);
        fleet.run(1);

        assertThat(read).isCompleted();
        assertThat(page.toCompletableFuture().join().messages())
                .isEqualTo(fleet.log(DIRECT).subList(2, 5));
        assertThat(conversations.toCompletableFuture().join().conversations()).hasSize(2);
        assertThat(members.toCompletableFuture().join().members()).hasSize(3);
    }

    /** Alice with two devices, bob and carol with one each, and a group of the three. */
    private static Fleet fleet(long seed) {
        Fleet fleet = new Fleet(seed);
        fleet.engine.groups().create(GROUP, ALICE, "three", History.ALL, List.of(BOB, CAROL));
        fleet.run(1);
        ClientOptions pipelined =
                ClientOptions.builder().maxInFlightPerConversation(4).build();
        fleet.launch("alice", "phone", new Seen(), builder -> builder.options(pipelined));
        fleet.launch("alice", "tablet");
        fleet.launch("bob", "phone");
        fleet.launch("carol", "phone", new Seen(), builder -> builder.options(pipelined));
        return fleet;
    }

    private static void converse(Fleet fleet, int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (Ship ship : fleet.ships) {
                Content content = Content.text(ship.user() + " " + i);
                ship.client().send(GROUP, content);
                if (!ship.user().equals(CAROL)) {
                    ship.client().send(ship.user().equals(ALICE) ? BOB : ALICE, content);
                }
            }
            fleet.run(0.15);
        }
    }

    private static void check(Fleet fleet, int rounds) {
        assertThat(fleet.log(DIRECT)).hasSize(3 * rounds);
        assertThat(fleet.log(GROUP)).hasSize(1 + 4 * rounds);
        for (Ship ship : fleet.ships) {
            assertThat(ship.client().outboxSize()).isZero();
            assertThat(ship.seen().of(GROUP)).isEqualTo(fleet.log(GROUP));
            if (!ship.user().equals(CAROL)) {
                assertThat(ship.seen().of(DIRECT)).isEqualTo(fleet.log(DIRECT));
            }
        }
        for (UserId user : List.of(BOB, CAROL)) {
            assertThat(fleet.log(GROUP).stream()
                            .filter(m -> m.sender().equals(user))
                            .map(m -> m.content().payload().asText()))
                    .isEqualTo(LongStream.range(0, rounds)
                            .mapToObj(i -> user + " " + i)
                            .toList());
        }
    }

    private static void disturb(Fleet fleet, RandomGenerator random) {
        for (int i = 0; i < 25; i++) {
            Duration when = Duration.ofMillis(random.nextLong(1, i < 18 ? 3_000 : 40_000));
            Ship ship = fleet.ships.get(random.nextInt(fleet.ships.size()));
            int choice = random.nextInt(6);
            int frame = random.nextInt(1, 60);
            int link = random.nextInt(4);
            fleet.runtime.schedule(when, () -> disturb(fleet, ship, choice, frame, link));
        }
    }

    private static void disturb(Fleet fleet, Ship ship, int choice, int frame, int link) {
        List<MemoryLink> links = fleet.transport.links();
        switch (choice) {
            case 0 -> links.stream().skip(link).limit(1).forEach(MemoryLink::freeze);
            case 1 -> {
                fleet.transport.setReachable(false);
                fleet.runtime.schedule(Duration.ofSeconds(frame / 10), () -> fleet.transport.setReachable(true));
            }
            case 2 -> fleet.crash();
            case 3 -> ship.connector().cutAt = ship.connector().frames + frame;
            default -> links.stream().skip(link).limit(1).forEach(MemoryLink::cut);
        }
    }
}
