package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.Fleet.Ship;
import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A server whose data went back to an earlier state, or was lost, and the clients that knew more. */
class RestoredBackupTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final DeviceId PHONE = DeviceId.of("phone");

    private final Fleet fleet = new Fleet(1);

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            fleet.engine
                    .messages()
                    .send(Draft.text(ALICE, DIRECT, "m" + fleet.log(DIRECT).size()));
            fleet.run(0.01);
        }
        fleet.run(2);
    }

    /** The data as it was when the log had so many messages and bob had acknowledged so many; its epoch is that of the data. */
    private MemoryStore backup(int messages, long acked) {
        MemoryStore copy = MemoryStore.create(fleet.store.log().epoch());
        for (Message m : fleet.log(DIRECT).subList(0, messages)) {
            Draft draft = Draft.of(m.sender(), DIRECT, m.content()).withClientMessageId(m.clientMessageId());
            copy.log().append(List.of(draft), m.sentAt());
        }
        copy.cursors().advanceAcks(List.of(new AckAdvance(new CursorKey(DIRECT, BOB, PHONE), acked)));
        return copy;
    }

    private static List<String> sinceTheEpochChanged(Ship ship) {
        List<String> trace = ship.seen().trace;
        int changed = LongStream.range(0, trace.size())
                .filter(i -> trace.get((int) i).startsWith("epoch "))
                .mapToInt(i -> (int) i)
                .max()
                .orElse(-1);
        assertThat(changed).as("told of another epoch in %s", trace).isNotNegative();
        return trace.subList(changed, trace.size()).stream()
                .filter(line -> line.startsWith(DIRECT.value() + " "))
                .map(line -> line.substring(DIRECT.value().length() + 1))
                .toList();
    }

    @Test
    void aClientOfTheLostFutureIsToldAndSeesWhatTheServerHasOnce() {
        Ship bob = fleet.launch("bob", "phone");
        send(10);
        assertThat(bob.seen().seqs(DIRECT)).hasSize(10);
        MemoryStore backup = backup(6, 4);
        fleet.transport.setReachable(false);
        fleet.restore(backup);
        fleet.run(1);
        bob.client().send(ALICE, Content.text("not confirmed yet"));
        fleet.run(1);
        fleet.transport.setReachable(true);
        fleet.run(60);

        assertThat(sinceTheEpochChanged(bob)).containsExactly("5", "6", "7");
        assertThat(fleet.log(DIRECT)).hasSize(7);
        assertThat(fleet.log(DIRECT).get(6).content().payload().asText()).isEqualTo("not confirmed yet");
        assertThat(bob.client().outboxSize()).isZero();
        assertThat(fleet.store.log().epoch()).isNotEqualTo("memory");

        send(3);
        assertThat(sinceTheEpochChanged(bob)).containsExactly("5", "6", "7", "8", "9", "10");
    }

    @Test
    void clientsThatCannotTellThemselvesAreToldToo() {
        Ship bob = fleet.launch("bob", "phone");
        Ship alice = fleet.launch("alice", "phone");
        send(6);
        alice.client().close();
        fleet.run(1);
        send(4);
        fleet.restore(backup(6, 6));
        fleet.run(60);
        assertThat(sinceTheEpochChanged(bob)).isEmpty();

        send(2);
        alice.client().start();
        Ship again = fleet.launch("alice", "tablet");
        fleet.run(5);
        assertThat(sinceTheEpochChanged(bob)).containsExactly("7", "8");
        assertThat(again.seen().seqs(DIRECT)).endsWith(7L, 8L);
    }

    @Test
    void aRestartedClientKnowsTheNewEpochAndGoesOnFromItsPositions() {
        MemoryClientState state = new MemoryClientState();
        Ship bob = fleet.launch("bob", "phone", new Seen(), builder -> builder.state(state));
        send(10);
        fleet.restore(backup(6, 4));
        fleet.run(60);
        assertThat(sinceTheEpochChanged(bob)).containsExactly("5", "6");
        bob.client().close();
        fleet.run(1);
        send(2);

        Ship next = fleet.launch("bob", "phone", new Seen(), builder -> builder.state(state));
        fleet.run(5);
        assertThat(next.seen().seqs(DIRECT)).containsExactly(7L, 8L);
        assertThat(next.seen().trace).noneMatch(line -> line.startsWith("epoch "));
    }

    @Test
    void anEmptyNewDatabaseHasAnotherEpochAndTakesWhatWasNotConfirmed() {
        Ship bob = fleet.launch("bob", "phone");
        send(10);
        fleet.transport.setReachable(false);
        fleet.restore(MemoryStore.create("another"));
        bob.client().send(ALICE, Content.text("first of the new log"));
        fleet.run(1);
        fleet.transport.setReachable(true);
        fleet.run(60);

        assertThat(sinceTheEpochChanged(bob)).containsExactly("1");
        assertThat(fleet.log(DIRECT)).hasSize(1);
        assertThat(fleet.store.log().epoch()).isEqualTo("another");
    }

    @Test
    void whatWasConfirmedAndLostIsNotSentAgain() {
        Ship bob = fleet.launch("bob", "phone");
        send(2);
        MemoryStore backup = backup(2, 2);
        bob.client().send(ALICE, Content.text("confirmed, then lost"));
        fleet.run(2);
        assertThat(bob.seen().seqs(DIRECT)).containsExactly(1L, 2L, 3L);
        fleet.restore(backup);
        fleet.run(60);

        assertThat(sinceTheEpochChanged(bob)).isEmpty();
        assertThat(fleet.log(DIRECT)).hasSize(2);
    }
}
