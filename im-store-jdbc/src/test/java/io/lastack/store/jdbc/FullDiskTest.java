package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.HostAppend;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.assertj.core.api.Assertions;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file on a disk that is full for a while. H2 closes the database then; nobody opens the store again. */
class FullDiskTest {
    private static final int MESSAGES = 20;
    private static final int MOST_TRIES = 300;
    private static final int ROUNDS = Boolean.getBoolean("lastack.heavy") ? 40 : 10;
    private static final int CHUNKS_THE_HEADER_MAY_BE_BEHIND = 20;

    @TempDir
    Path directory;

    private final List<Draft> confirmed = new ArrayList<>();
    private JdbcStore store;

    private String url() {
        return "jdbc:h2:full:" + directory.resolve("im");
    }

    @BeforeEach
    void openStore() {
        FullDisk.register();
        FullDisk.fill(false);
        store = JdbcStore.builder(url()).acceptUnsafeDatabase().open();
    }

    @AfterEach
    void close() {
        FullDisk.fill(false);
        store.close();
    }

    @Test
    void appendsFailAndMayBeRetriedAndGoOnOnceThereIsRoom() {
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(append(Chat.draft(DIRECT))).isTrue();
        }
        FullDisk.fill(true);
        Draft waiting = Chat.draft(DIRECT);
        for (int i = 0; i < 10; i++) {
            assertThat(append(waiting)).isFalse();
        }
        FullDisk.fill(false);
        int tries = 1;
        while (!append(waiting)) {
            assertThat(tries++).as("tries with room on the disk").isLessThan(MOST_TRIES);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(append(Chat.draft(DIRECT))).isTrue();
        }
        requireAllOnceInOrder();
        store.close();
        store = JdbcStore.builder(url()).acceptUnsafeDatabase().open();
        requireAllOnceInOrder();
    }

    /**
     * H2 keeps what is committed in memory until a checkpoint fails for want of room, and is then opened again without it:
     * the numbers of names that were given in between belong to others then.
     */
    @Test
    void newConversationsUsersAndDevicesNeverMixWhereTheirNumbersWereLost() {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println("numbers lost on a full disk: repeat with -Dlastack.seed=" + seed);
        Random random = new Random(seed);
        Map<ConversationId, List<Draft>> said = new HashMap<>();
        Map<UserId, Set<DeviceId>> registered = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Draft> waiting = new ArrayList<>();
            FullDisk.fill(true);
            for (int i = random.nextInt(4); i >= 0; i--) {
                Draft draft = fromStranger(random);
                assertThat(append(draft)).as("confirmed on a full disk").isFalse();
                waiting.add(draft);
            }
            FullDisk.fill(false);
            waiting.addAll(List.of(fromStranger(random), fromStranger(random)));
            Collections.shuffle(waiting, random);
            for (Draft draft : waiting) {
                once(() -> store.log().append(List.of(draft), 1))
                        .forEach(outcome -> assertThat(outcome)
                                .as("%s to %s", draft.sender(), draft.conversation())
                                .isNotInstanceOf(AppendOutcome.Refused.class));
                said.computeIfAbsent(draft.conversation(), c -> new ArrayList<>())
                        .add(draft);
                DeviceId device = DeviceId.of("device-" + random.nextInt(1_000_000));
                once(() -> store.cursors().register(draft.sender(), device, DeviceStart.HEAD));
                registered.computeIfAbsent(draft.sender(), u -> new HashSet<>()).add(device);
                if (draft.conversation().names(draft.sender())) {
                    CursorKey key = new CursorKey(draft.conversation(), draft.sender(), device);
                    assertThat(once(() -> store.cursors().advanceAcks(List.of(new AckAdvance(key, 1)))))
                            .doesNotContain(AdvanceOutcome.REFUSED);
                }
            }
        }
        requireUnmixed(said, registered);
        store.close();
        store = JdbcStore.builder(url()).acceptUnsafeDatabase().open();
        requireUnmixed(said, registered);
    }

    private static Draft fromStranger(Random random) {
        UserId sender = UserId.of("user-" + random.nextInt(1_000_000));
        ConversationId inbox = ConversationId.inbox(UserId.of("user-" + random.nextInt(1_000_000)));
        ConversationId direct = ConversationId.direct(sender, UserId.of("other-" + random.nextInt(1_000_000)));
        Draft draft = Draft.text(sender, random.nextBoolean() ? inbox : direct, "to " + sender);
        return draft.withClientMessageId(ClientMessageId.of("id-" + random.nextLong()));
    }

    private void requireUnmixed(Map<ConversationId, List<Draft>> said, Map<UserId, Set<DeviceId>> registered) {
        said.forEach((conversation, drafts) -> assertThat(Chat.read(store, conversation))
                .as(conversation.value())
                .extracting(Message::sender, Message::clientMessageId)
                .isEqualTo(drafts.stream()
                        .map(draft -> Assertions.tuple(draft.sender(), draft.requireClientMessageId()))
                        .toList()));
        registered.forEach(
                (user, devices) -> assertThat(store.export().orElseThrow().devices(user))
                        .as(user.value())
                        .containsExactlyInAnyOrderElementsOf(devices));
    }

    /** What comes back once there is room; until then, every failure says that the call may be repeated. */
    private static <T> T once(Supplier<T> call) {
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (StoreException e) {
                assertThat(e.retryable()).as(e.getMessage()).isTrue();
                assertThat(tries).as("tries with room on the disk").isLessThan(MOST_TRIES);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    @Test
    void aCommitOfTheHostThatWasLostIsNotConfirmed() throws SQLException {
        HostAppend appended;
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            appended = store.appendIn(connection, List.of(Chat.draft(ConversationId.inbox(Chat.BOB))), 1);
            connection.commit();
            FullDisk.fill(true);
            assertThat(append(Chat.draft(DIRECT))).isFalse();
        }
        FullDisk.fill(false);
        once(() -> store.log().append(List.of(Chat.draft(ConversationId.inbox(Chat.ALICE))), 1));

        assertThatThrownBy(appended::confirm)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was lost");
        assertThat(Chat.read(store, ConversationId.inbox(Chat.BOB))).isEmpty();
        assertThat(Chat.read(store, ConversationId.inbox(Chat.ALICE))).hasSize(1);
    }

    @Test
    void theDatabaseThatIsOpenedAgainKeepsItsOldVersionsToo() throws SQLException {
        assertThat(append(Chat.draft(DIRECT))).isTrue();
        MVStore first = open();
        FullDisk.fill(true);
        assertThat(append(Chat.draft(DIRECT))).isFalse();
        FullDisk.fill(false);
        once(() -> store.log().append(List.of(Chat.draft(DIRECT)), 1));

        MVStore second = open();
        assertThat(second).isNotSameAs(first);
        assertThat(second.getVersionsToKeep()).isGreaterThan(CHUNKS_THE_HEADER_MAY_BE_BEHIND);
    }

    private MVStore open() throws SQLException {
        try (Connection connection = connect()) {
            return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
                    .getDatabase()
                    .getStore()
                    .getMvStore();
        }
    }

    /** H2 takes only URLs that say the same for one database. */
    private Connection connect() throws SQLException {
        return DriverManager.getConnection(H2Url.of(url()).withDefaults(), "sa", "");
    }

    private void requireAllOnceInOrder() {
        List<Message> log = Chat.read(store, DIRECT);
        assertThat(log)
                .extracting(Message::clientMessageId)
                .isEqualTo(confirmed.stream().map(Draft::requireClientMessageId).toList());
        assertThat(log)
                .extracting(Message::seq)
                .isEqualTo(LongStream.rangeClosed(1, log.size()).boxed().toList());
    }

    /** Whether it is confirmed; otherwise the failure says that it may be retried. */
    private boolean append(Draft draft) {
        try {
            AppendOutcome outcome = store.log().append(List.of(draft), 1).get(0);
            assertThat(outcome).isNotInstanceOf(AppendOutcome.Refused.class);
            confirmed.add(draft);
            return true;
        } catch (StoreException e) {
            assertThat(e.retryable()).as(e.getMessage()).isTrue();
            return false;
        }
    }
}
