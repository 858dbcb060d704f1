package io.lastack.mixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.error.StoreException;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this store promises beyond the contract of every store, which the test kit holds it to. */
final class MixedStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final ConversationId INBOX = ConversationId.inbox(BOB);

    private final CountedStore log = new CountedStore();
    private final CountedStore positions = new CountedStore();
    private final MixedStore store = MixedStore.of(log, positions);

    private static void send(ImStore to, ConversationId conversation, int count) {
        for (int i = 0; i < count; i++) {
            Draft draft = Draft.text(ALICE, conversation, "text")
                    .withClientMessageId(ClientMessageId.of(conversation.kind() + "-" + count + "-" + i));
            to.log().append(List.of(draft), 1_000);
        }
    }

    private AdvanceOutcome ack(long seq) {
        return store.cursors()
                .advanceAcks(List.of(new AckAdvance(new CursorKey(DIRECT, BOB, PHONE), seq, 5)))
                .get(0);
    }

    private AdvanceOutcome read(long seq) {
        return store.cursors()
                .advanceReads(List.of(new ReadAdvance(DIRECT, BOB, seq, 5)))
                .get(0);
    }

    private static Subscription bobs(ImStore in) {
        return in.memberships().subscriptions(BOB, PHONE, List.of(DIRECT)).get(0);
    }

    @Test
    void aStoreWithoutThePowerThatItNeedsIsRefusedByName() {
        ImStore plain = new Plain();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MixedStore.of(plain, MemoryStore.create()))
                .withMessageContaining("the store of the log, " + Plain.class.getName())
                .withMessageContaining("positionsElsewhere()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MixedStore.of(MemoryStore.create(), plain))
                .withMessageContaining("the store of the positions, " + Plain.class.getName())
                .withMessageContaining("positions()");
    }

    @Test
    void closingClosesBothAlsoWhereOneFails() {
        log.failing = "close";
        assertThatThrownBy(store::close).isInstanceOf(StoreException.class);
        assertThat(log.closed).isTrue();
        assertThat(positions.closed).isTrue();
    }

    @Test
    void eachCallCostsAsManyRoundTripsAsItSays() {
        send(store, DIRECT, 3);
        send(store, INBOX, 2);
        assertThat(store.cursors().register(BOB, PHONE, DeviceStart.FIRST_UNACKNOWLEDGED))
                .isTrue();
        assertCalls(List.of("conversations", "visible"), List.of("starting", "standings", "registered"));
        store.cursors().register(BOB, DeviceId.of("laptop"), DeviceStart.HEAD);
        assertCalls(List.of("conversations", "visible"), List.of("starting", "raiseAcks", "registered"));
        store.cursors().register(BOB, PHONE, DeviceStart.HEAD);
        assertCalls(List.of(), List.of("starting"));
        ack(2);
        assertCalls(List.of("visible"), List.of("raiseAcks"));
        read(2);
        assertCalls(List.of("visible"), List.of("raiseReads"));
        ack(9);
        assertCalls(List.of("visible"), List.of());
        assertThat(store.memberships().subscriptions(BOB, PHONE, null, 10)).hasSize(2);
        assertCalls(List.of("conversations", "subscriptions"), List.of("standings"));
        bobs(store);
        assertCalls(List.of("subscriptions"), List.of("standings"));
        store.memberships().entitled(DIRECT, 1);
        assertCalls(List.of("entitled"), List.of("standings"));
        store.audience(DIRECT, 1);
        assertCalls(List.of("entitled"), List.of("standings"));
        store.memberships().conversationCounts(List.of(BOB));
        assertCalls(List.of("conversationCounts"), List.of());
    }

    private void assertCalls(List<String> ofLog, List<String> ofPositions) {
        assertThat(log.takeCalls()).isEqualTo(ofLog);
        assertThat(positions.takeCalls()).isEqualTo(ofPositions);
    }

    @Test
    void whereThePositionsAreLostTheLogIsWholeAndEverythingIsSentAgain() {
        send(store, DIRECT, 3);
        ack(3);
        read(2);
        MixedStore emptied = MixedStore.of(log, MemoryStore.create());

        assertThat(bobs(store)).extracting(s -> s.lastAck(), s -> s.unread()).containsExactly(3L, 1L);
        Subscription after = bobs(emptied);
        assertThat(List.of(after.head(), after.lastAck(), after.lastRead(), after.unread()))
                .containsExactly(3L, 0L, 0L, 3L);
        assertThat(emptied.cursors().register(BOB, PHONE, DeviceStart.FIRST_UNACKNOWLEDGED))
                .isTrue();
        assertThat(bobs(emptied).lastAck()).isZero();
    }

    @Test
    void aPositionIsNotShownAboveALogThatIsOlder() {
        send(store, DIRECT, 9);
        ack(8);
        read(7);
        MemoryStore older = MemoryStore.create();
        send(older, DIRECT, 4);
        Subscription shown = bobs(MixedStore.of(older, positions));

        assertThat(List.of(shown.head(), shown.lastAck(), shown.lastRead(), shown.unread()))
                .containsExactly(4L, 4L, 4L, 0L);
    }

    @Test
    void aDeviceWhoseStartStoppedHalfWayIsStartedByTheNextCall() {
        send(store, DIRECT, 3);
        positions.failing = "registered";
        assertThatThrownBy(() -> store.cursors().register(BOB, PHONE, DeviceStart.HEAD))
                .isInstanceOf(StoreException.class);
        positions.failing = "";

        assertThat(store.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isTrue();
        assertThat(store.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isFalse();
        assertThat(bobs(store).lastAck()).isEqualTo(3);
    }

    @Test
    void aCallFailsWhereEitherStoreFailsAndWorksWhenItIsMadeAgain() {
        send(store, DIRECT, 3);
        for (CountedStore broken : List.of(log, positions)) {
            broken.failing = broken == log ? "visible" : "raiseAcks";
            assertThatThrownBy(() -> ack(2)).isInstanceOf(StoreException.class);
            broken.failing = "";
        }
        assertThat(ack(2)).isEqualTo(AdvanceOutcome.ADVANCED);
        assertThat(ack(2)).isEqualTo(AdvanceOutcome.UNCHANGED);
    }

    @Test
    void whatAPowerNeedsTheLogMustHave() {
        assertThat(store.erasure()).isPresent();
        assertThat(store.retention()).isEmpty();
        assertThat(store.export()).isEmpty();
        assertThat(store.epochRenewal()).isEmpty();
        assertThat(store.deliveryMarks()).isEmpty();
        assertThat(store.positions()).isEmpty();
        assertThat(store.positionsElsewhere()).isEmpty();
        for (String unknown : List.of("positions ", "positions x", "log x", "other")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.erasure().orElseThrow().erase(BOB, unknown, 1));
        }
    }

    /** A store without powers. */
    private static final class Plain implements ImStore {
        private final MemoryStore sound = MemoryStore.create();

        @Override
        public MessageLog log() {
            return sound.log();
        }

        @Override
        public Memberships memberships() {
            return sound.memberships();
        }

        @Override
        public Cursors cursors() {
            return sound.cursors();
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    @Test
    void positionsOfAFormerEpochCountForNothing() {
        send(log, DIRECT, 20);
        store.cursors().register(BOB, PHONE, DeviceStart.FIRST_UNACKNOWLEDGED);
        ack(20);
        read(20);
        assertThat(bobs(store).lastAck()).isEqualTo(20);
        log.sound.epochRenewal().orElseThrow().renew(log.log().epoch(), "restored");

        assertThat(store.cursors().register(BOB, PHONE, DeviceStart.FIRST_UNACKNOWLEDGED))
                .isFalse();
        assertThat(bobs(store).lastAck()).isZero();
        assertThat(bobs(store).unread()).isEqualTo(20);
        assertThat(ack(3)).isEqualTo(AdvanceOutcome.ADVANCED);
        assertThat(bobs(store).lastAck()).isEqualTo(3);
        assertThat(store.memberships().entitled(DIRECT, 3))
                .filteredOn(member -> member.user().equals(BOB))
                .allMatch(member -> member.lastAck() == 3 && member.lastRead() == 0);
    }

    @Test
    void logsThatShareAStoreOfPositionsDoNotMeet() {
        CountedStore another = new CountedStore();
        another.sound.epochRenewal().orElseThrow().renew(another.log().epoch(), "another");
        MixedStore beside = MixedStore.of(another, positions);
        send(log, DIRECT, 20);
        send(another, DIRECT, 20);
        ack(20);
        assertThat(bobs(store).lastAck()).isEqualTo(20);
        assertThat(bobs(beside).lastAck()).isZero();
    }
}
