package io.lastack.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Place;
import io.lastack.spi.Standing;
import io.lastack.spi.Standing.Ack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Positions in the conversations of another store: for stores that declare that they keep them. */
final class PositionsSuite extends StoreSuite {
    PositionsSuite(StoreContract contract) {
        super(contract);
    }

    @Test
    void aDeviceHasToBeStartedUntilItIsRegisteredWhichItIsOnce() {
        assertThat(positions().starting(alice, phone)).isTrue();
        assertThat(positions().starting(alice, phone)).isTrue();
        assertThat(positions().registered(alice, phone)).isTrue();
        assertThat(positions().registered(alice, phone)).isFalse();
        assertThat(positions().starting(alice, phone)).isFalse();
        assertThat(positions().registered(alice, laptop)).as("never told of").isTrue();
        assertThat(positions().starting(alice, laptop)).isFalse();
    }

    @Test
    void aDeviceIsThatOfOneUserAndNamedExactly() {
        assertThat(positions().registered(alice, phone)).isTrue();
        assertThat(positions().starting(bob, phone)).isTrue();
        assertThat(positions().starting(alice, DeviceId.of("Phone"))).isTrue();
        assertThat(positions().registered(UserId.of(alice + "2"), phone)).isTrue();
        assertThat(positions().registered(alice, DeviceId.of("Phone"))).isTrue();
    }

    @Test
    void ofManyWhoRegisterADeviceAtOnceOneDoes() throws Exception {
        for (int round = 0; round < 5; round++) {
            DeviceId device = DeviceId.of("device" + round);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tasks.add(() -> {
                    positions().starting(alice, device);
                    return positions().registered(alice, device);
                });
            }
            assertThat(Together.run(tasks)).containsOnlyOnce(true);
            assertThat(positions().starting(alice, device)).isFalse();
        }
    }

    @Test
    void whatIsRaisedIsToldWithItsTime() {
        ConversationId group = group("g");
        assertThat(raise(acked(group, alice, laptop, 3, 0), acked(group, alice, phone, 7, 1_000)))
                .containsExactly(true, true);
        assertThat(raise(seen(group, alice, 5, 2_000))).containsExactly(true);
        assertThat(raise(seen(group, bob, 2, 0))).containsExactly(true);

        assertThat(standing(group, alice))
                .isEqualTo(new Standing(Map.of(laptop, new Ack(3, 0), phone, new Ack(7, 1_000)), 5, 2_000));
        assertThat(standing(group, bob)).isEqualTo(new Standing(Map.of(), 2, 0));
    }

    @Test
    void aPositionNeverMovesBackAndKeepsItsTime() {
        ConversationId group = group("g");
        raise(acked(group, alice, phone, 7, 1_000));
        raise(seen(group, alice, 5, 2_000));
        assertThat(raise(acked(group, alice, phone, 6, 9_000))).containsExactly(false);
        assertThat(raise(acked(group, alice, phone, 7, 9_000))).containsExactly(false);
        assertThat(raise(seen(group, alice, 4, 9_000))).containsExactly(false);
        assertThat(raise(seen(group, alice, 5, 9_000))).containsExactly(false);

        assertThat(standing(group, alice)).isEqualTo(new Standing(Map.of(phone, new Ack(7, 1_000)), 5, 2_000));
    }

    @Test
    void aHigherPositionBringsItsOwnTimeAlsoOneThatIsNotKnown() {
        ConversationId group = group("g");
        raise(acked(group, alice, phone, 7, 5_000));
        raise(seen(group, alice, 7, 5_000));
        assertThat(raise(acked(group, alice, phone, 8, 0))).containsExactly(true);
        assertThat(raise(seen(group, alice, 9, 3_000))).containsExactly(true);

        assertThat(standing(group, alice)).isEqualTo(new Standing(Map.of(phone, new Ack(8, 0)), 9, 3_000));
    }

    @Test
    void positionsMayBeAsHighAsANumberCanBe() {
        ConversationId group = group("g");
        raise(acked(group, alice, phone, Long.MAX_VALUE - 1, Long.MAX_VALUE));
        raise(seen(group, alice, Long.MAX_VALUE - 1, Long.MAX_VALUE));
        assertThat(raise(acked(group, alice, phone, Long.MAX_VALUE, 1))).containsExactly(true);
        assertThat(raise(seen(group, alice, Long.MAX_VALUE - 2, 1))).containsExactly(false);

        assertThat(standing(group, alice))
                .isEqualTo(new Standing(Map.of(phone, new Ack(Long.MAX_VALUE, 1)), Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    @Test
    void answersComeInTheOrderOfTheListAndOneThatDoesNotMoveHindersNoOther() {
        ConversationId a = group("a");
        ConversationId b = group("b");
        raise(acked(a, bob, phone, 4, 0));
        raise(seen(b, alice, 4, 0));

        assertThat(raise(acked(a, alice, phone, 1, 0), acked(a, bob, phone, 4, 0), acked(b, alice, phone, 2, 0)))
                .containsExactly(true, false, true);
        assertThat(raise(seen(a, alice, 9, 0), seen(a, bob, 1, 0), seen(b, alice, 3, 0)))
                .containsExactly(true, true, false);
        assertThat(raise(acked(a, alice, laptop, 0, 5), acked(b, bob, phone, 1, 0)))
                .as("zero is no position")
                .containsExactly(false, true);
    }

    @Test
    void aListThatIsNotSortedIsRefusedAsAWhole() {
        ConversationId a = group("a");
        ConversationId b = group("b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> raise(acked(b, alice, phone, 1, 0), acked(a, alice, phone, 1, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> raise(acked(a, alice, phone, 1, 0), acked(a, alice, phone, 2, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> raise(seen(a, bob, 1, 0), seen(a, alice, 1, 0)));
        assertThat(positions().raiseAcks(List.of())).isEmpty();
        assertThat(positions().raiseReads(List.of())).isEmpty();

        assertThat(positions().standings(a)).isEmpty();
        assertThat(positions().standings(b)).isEmpty();
    }

    @Test
    void placesWithoutAPositionAreLeftOutAndOthersToldOnce() {
        ConversationId a = group("a");
        ConversationId b = group("b");
        raise(acked(a, alice, phone, 1, 0));
        raise(seen(b, bob, 2, 0));
        Place ofAlice = new Place(a, alice);
        Place ofBob = new Place(b, bob);

        assertThat(positions()
                        .standings(List.of(
                                ofAlice, ofBob, ofAlice, new Place(a, bob), new Place(b, alice), new Place(a, carol))))
                .containsOnly(
                        Map.entry(ofAlice, new Standing(Map.of(phone, new Ack(1, 0)), 0, 0)),
                        Map.entry(ofBob, new Standing(Map.of(), 2, 0)));
        assertThat(positions().standings(List.of())).isEmpty();
        assertThat(positions().standings(List.of(new Place(a, carol)))).isEmpty();
    }

    @Test
    void everybodyWithAPositionInAConversationIsTold() {
        ConversationId a = group("a");
        raise(acked(a, alice, phone, 1, 0), acked(a, bob, phone, 2, 0));
        raise(seen(a, carol, 3, 5));
        raise(acked(group("b"), dave, phone, 1, 0));

        assertThat(positions().standings(a))
                .containsOnly(
                        Map.entry(alice, new Standing(Map.of(phone, new Ack(1, 0)), 0, 0)),
                        Map.entry(bob, new Standing(Map.of(phone, new Ack(2, 0)), 0, 0)),
                        Map.entry(carol, new Standing(Map.of(), 3, 5)));
        assertThat(positions().standings(group("unknown"))).isEmpty();
    }

    @Test
    void thousandsAreRaisedAndToldAtOnce() {
        ConversationId group = group("g");
        List<UserId> users = users(2_500);
        assertThat(positions()
                        .raiseAcks(users.stream()
                                .map(u -> acked(group, u, phone, 3, 0))
                                .toList()))
                .hasSize(2_500)
                .containsOnly(true);
        assertThat(positions()
                        .raiseReads(
                                users.stream().map(u -> seen(group, u, 2, 9)).toList()))
                .hasSize(2_500)
                .containsOnly(true);

        Standing expected = new Standing(Map.of(phone, new Ack(3, 0)), 2, 9);
        assertThat(positions().standings(group)).hasSize(2_500).containsEntry(users.get(2_400), expected);
        assertThat(positions()
                        .standings(users.stream().map(u -> new Place(group, u)).toList())
                        .values())
                .hasSize(2_500)
                .containsOnly(expected);
    }

    @Test
    void aPositionRaisedByManyAtOnceEndsAtTheHighestAndIsNeverSeenToFall() throws Exception {
        ConversationId group = group("g");
        int highest = Scale.times(60);
        AtomicInteger moved = new AtomicInteger();
        AtomicInteger writing = new AtomicInteger(3);
        AtomicBoolean fell = new AtomicBoolean();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int writer = 1; writer <= 3; writer++) {
            int step = writer;
            tasks.add(() -> {
                try {
                    for (int seq = step; seq <= highest; seq += step) {
                        raise(seen(group, alice, seq, seq));
                        if (raise(acked(group, alice, phone, seq, seq)).get(0)) {
                            moved.incrementAndGet();
                        }
                    }
                } finally {
                    writing.decrementAndGet();
                }
                return true;
            });
        }
        tasks.add(() -> {
            for (long last = 0; writing.get() > 0; ) {
                long now = positions()
                        .standings(group)
                        .getOrDefault(alice, Standing.NONE)
                        .ack(phone);
                fell.compareAndSet(false, now < last);
                last = now;
            }
            return true;
        });
        Together.run(tasks);

        assertThat(fell).isFalse();
        assertThat(moved.get()).isBetween(1, highest);
        assertThat(standing(group, alice))
                .isEqualTo(new Standing(Map.of(phone, new Ack(highest, highest)), highest, highest));
    }

    @Test
    void positionsOfAnotherLogAreApartFromThoseOfThisOne() {
        ConversationId direct = directWith(5);
        assertThat(raise(acked(direct, bob, phone, 900, 0))).containsExactly(true);
        assertThat(raise(seen(direct, bob, 800, 9))).containsExactly(true);
        assertThat(positions().registered(bob, phone)).isTrue();
        Standing before = standing(direct, bob);

        assertThat(subscription(bob, direct).lastAck()).isZero();
        assertThat(subscription(bob, direct).lastRead()).isZero();
        assertThat(subscription(bob, direct).unread()).isEqualTo(5);
        ack(direct, bob, laptop, 3);
        read(direct, bob, 2, SENT_AT);
        assertThat(standing(direct, bob)).isEqualTo(before);
        assertThat(cursors().register(bob, phone, DeviceStart.HEAD)).isTrue();
    }

    @Test
    void whatIsForgottenIsGoneAndOthersStay() {
        ConversationId a = group("a");
        ConversationId b = group("b");
        raise(acked(a, alice, phone, 9, 0), acked(a, bob, phone, 9, 0), acked(b, alice, phone, 9, 0));
        raise(seen(a, alice, 9, 9));
        positions().registered(alice, phone);
        positions().starting(alice, laptop);
        positions().registered(bob, phone);

        positions().forget(alice, List.of(a, group("unknown")));
        assertThat(positions().standings(a)).containsOnlyKeys(bob);
        assertThat(positions().standings(b)).containsOnlyKeys(alice);
        assertThat(positions().standings(List.of(new Place(a, alice)))).isEmpty();
        assertThat(positions().starting(alice, phone)).isTrue();
        assertThat(positions().starting(bob, phone)).isFalse();

        positions().forget(alice, List.of(a));
        positions().forget(user("nobody"), List.of(a));
        assertThat(raise(acked(a, alice, phone, 1, 0))).containsExactly(true);
        assertThat(standing(a, alice)).isEqualTo(new Standing(Map.of(phone, new Ack(1, 0)), 0, 0));
    }

    @Test
    void whereNoConversationIsForgottenOnlyTheDevicesAre() {
        ConversationId a = group("a");
        raise(acked(a, alice, phone, 9, 0));
        positions().registered(alice, phone);

        positions().forget(alice, List.of());

        assertThat(standing(a, alice)).isEqualTo(new Standing(Map.of(phone, new Ack(9, 0)), 0, 0));
        assertThat(positions().registered(alice, phone)).isTrue();
    }

    @Test
    void theDevicesAreToldByAnExport() {
        DeviceId tablet = DeviceId.of("tablet");
        assertThat(positions().starting(alice, phone)).isTrue();
        positions().registered(alice, tablet);
        raise(acked(group("a"), alice, laptop, 1, 0));
        positions().registered(bob, phone);
        if (!exports()) {
            return;
        }
        assertThat(export().devices(alice)).containsExactly(laptop, phone, tablet);
        positions().forget(alice, List.of(group("a")));
        assertThat(export().devices(alice)).isEmpty();
        assertThat(export().devices(bob)).containsExactly(phone);
    }

    private static AckAdvance acked(ConversationId conversation, UserId user, DeviceId device, long seq, long at) {
        return new AckAdvance(new CursorKey(conversation, user, device), seq, at);
    }

    private static ReadAdvance seen(ConversationId conversation, UserId user, long seq, long at) {
        return new ReadAdvance(conversation, user, seq, at);
    }

    private Standing standing(ConversationId conversation, UserId user) {
        Place place = new Place(conversation, user);
        Standing told = positions().standings(List.of(place)).getOrDefault(place, Standing.NONE);
        assertThat(positions().standings(conversation).getOrDefault(user, Standing.NONE))
                .as("asked for by conversation")
                .isEqualTo(told);
        return told;
    }

    private List<Boolean> raise(AckAdvance... advances) {
        return positions().raiseAcks(List.of(advances));
    }

    private List<Boolean> raise(ReadAdvance... advances) {
        return positions().raiseReads(List.of(advances));
    }
}
