package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lastack.ImEngine;
import io.lastack.log.Change.History;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import io.lastack.spi.UndeliveredListener.Undelivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UndeliveredTest {
    private static final Duration AFTER = Duration.ofSeconds(20);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(42);
    private final ImStore store = MemoryStore.create();
    private final List<List<Undelivered>> told = new ArrayList<>();
    private final Scene scene = scene();

    private Scene scene() {
        return new Scene(runtime, store, b -> b.undeliveredListener(told::add, AFTER));
    }

    private void say(String text) {
        scene.engine.messages().send(Draft.text(ALICE, DIRECT, text));
        runtime.runUntilIdle();
    }

    private List<Undelivered> all() {
        return told.stream().flatMap(List::stream).toList();
    }

    @Test
    void whatNoDeviceHasTakenInTimeIsToldOnceWithTheUnreadCount() {
        say("1");
        say("2");
        scene.pass(Duration.ofSeconds(19));
        assertThat(all()).isEmpty();
        scene.pass(Duration.ofSeconds(7));
        assertThat(all()).containsExactly(new Undelivered(BOB, DIRECT, 1, 2, 2));
        say("3");
        scene.pass(Duration.ofMinutes(30));
        assertThat(all()).containsExactly(new Undelivered(BOB, DIRECT, 1, 2, 2), new Undelivered(BOB, DIRECT, 3, 3, 3));
    }

    @Test
    void whatOneDeviceOfManyHasTakenIsNotTold() {
        RawClient phone = scene.join("bob", "phone");
        phone.acksAtOnce = true;
        scene.join("bob", "web");
        say("1");
        scene.pass(Duration.ofMinutes(2));
        assertThat(all()).isEmpty();
    }

    @Test
    void whoIsConnectedAndTakesNothingIsToldOf() {
        scene.join("bob", "phone");
        say("1");
        scene.pass(Duration.ofMinutes(2));
        assertThat(all()).containsExactly(new Undelivered(BOB, DIRECT, 1, 1, 1));
    }

    @Test
    void messagesOfOneConversationThatComeDueTogetherAreToldTogether() {
        for (int i = 0; i < 50; i++) {
            say("m" + i);
        }
        scene.pass(Duration.ofMinutes(2));
        assertThat(all()).containsExactly(new Undelivered(BOB, DIRECT, 1, 50, 50));
    }

    @Test
    void aRestartBeforeTheTimeIsUpLosesNothingAndOneAfterRepeatsNothing() {
        say("1");
        scene.pass(Duration.ofSeconds(5));
        scene.engine.drain(Duration.ZERO);
        runtime.advance(Duration.ofMinutes(1));
        assertThat(all()).isEmpty();
        Scene second = scene();
        second.pass(Duration.ofMinutes(1));
        assertThat(all()).hasSize(1);
        second.engine.drain(Duration.ZERO);
        scene().pass(Duration.ofMinutes(30));
        assertThat(all()).hasSize(1);
    }

    @Test
    void ofSeveralEnginesOneTells() {
        Scene other = scene();
        for (int i = 0; i < 5; i++) {
            say("m" + i);
            other.engine.messages().send(Draft.text(ALICE, DIRECT, "n" + i));
            runtime.runUntilIdle();
            runtime.advance(Duration.ofSeconds(13));
        }
        runtime.advance(Duration.ofMinutes(30));
        long messages =
                all().stream().mapToLong(u -> u.throughSeq() - u.fromSeq() + 1).sum();
        assertThat(messages).isEqualTo(10);
        assertThat(all().get(all().size() - 1).unread()).isEqualTo(10);
    }

    @Test
    void whatAnEngineThatDiedLeftIsTakenUpByAnother() {
        Scene other = scene();
        say("1");
        scene.engine.drain(Duration.ZERO);
        other.pass(Duration.ofMinutes(12));
        assertThat(all()).containsExactly(new Undelivered(BOB, DIRECT, 1, 1, 1));
    }

    @Test
    void aGroupOfTenThousandCostsAFewStatements() {
        scene.engine.drain(Duration.ZERO);
        ConversationId group = ConversationId.group("g");
        List<UserId> members =
                IntStream.range(0, 10_000).mapToObj(i -> UserId.of("u" + i)).toList();
        CountingStore counting = new CountingStore(store) {
            @Override
            public java.util.Optional<io.lastack.spi.DeliveryMarks> deliveryMarks() {
                return store.deliveryMarks();
            }
        };
        Scene big = new Scene(
                runtime,
                counting,
                b -> b.options(EngineOptions.defaults().withMaxGroupMembers(20_000))
                        .undeliveredListener(told::add, AFTER));
        big.engine.groups().create(group, ALICE, "g", History.ALL, List.of());
        big.run();
        for (int i = 0; i < 10_000; i += 500) {
            big.engine.groups().add(ALICE, group, members.subList(i, i + 500));
            big.run();
        }
        for (int i = 0; i < 100; i++) {
            big.engine.messages().send(Draft.text(ALICE, group, "m" + i));
        }
        big.run();
        counting.calls.clear();
        big.pass(Duration.ofSeconds(40));
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .hasSize(10_000)
                .allMatch(u -> u.fromSeq() == 22 && u.throughSeq() == 121 && u.unread() == 100);
        assertThat(counting.calls.stream().filter(call -> call.equals("entitled")))
                .hasSize(1);
        assertThat(counting.calls).hasSizeLessThan(60);
    }

    @Test
    void whatMembersSentThemselvesAndWhatIsNoMessageDoesNotCount() {
        ConversationId group = ConversationId.group("g");
        scene.engine.groups().create(group, ALICE, "g", History.ALL, List.of(BOB));
        scene.run();
        scene.engine.messages().send(Draft.text(BOB, group, "by bob"));
        scene.run();
        scene.pass(Duration.ofMinutes(1));
        assertThat(all()).containsExactly(new Undelivered(ALICE, group, 2, 2, 1));
    }

    @Test
    void aListenerThatFailsDoesNotStopTheOthers() {
        told.clear();
        VirtualRuntime time = VirtualRuntime.seeded(3);
        List<UserId> heard = new ArrayList<>();
        Scene failing = new Scene(
                time,
                MemoryStore.create(),
                b -> b.undeliveredListener(
                        members -> {
                            heard.add(members.get(0).user());
                            throw new IllegalStateException("no push today");
                        },
                        AFTER));
        failing.engine.messages().send(Draft.text(ALICE, DIRECT, "x"));
        failing.engine.messages().send(Draft.text(ALICE, ConversationId.direct(ALICE, UserId.of("carol")), "x"));
        failing.pass(Duration.ofMinutes(1));
        assertThat(heard).containsExactly(BOB, UserId.of("carol"));
    }

    @Test
    void aStoreThatCannotRememberAndATimeThatCannotBeAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ImEngine.builder(new CountingStore(store))
                        .runtime(runtime)
                        .undeliveredListener(told::add, AFTER)
                        .build())
                .withMessageContaining("cannot remember");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImEngine.builder(store).undeliveredListener(told::add, Duration.ofMillis(10)))
                .withMessageContaining("PT0.01S");
    }
}
