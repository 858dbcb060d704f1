package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.server.ServerKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two stores, each with its own pool and its own memory of numbers, on one database. */
@ParameterizedClass
@MethodSource("databases")
class TwoStoresTest {
    private static final int THREADS_EACH = 3;
    private static final int LISTS =
            Integer.getInteger("lastack.lists", Boolean.getBoolean("lastack.heavy") ? 150 : 50);
    private static final long BOUND_SECONDS = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ConversationId> conversations = IntStream.range(0, 12)
            .mapToObj(i -> ConversationId.direct(ALICE, UserId.of("user-" + i)))
            .toList();
    private final String url;
    private JdbcStore one;
    private JdbcStore other;

    TwoStoresTest(String name, String url) {
        this.url = url;
    }

    static List<Arguments> databases() {
        List<Arguments> databases = new ArrayList<>(List.of(Arguments.of("H2", "jdbc:h2:mem:shared")));
        for (ServerKind kind : ServerKind.values()) {
            databases.add(Arguments.of(kind.name(), kind.newDatabase()));
        }
        return databases;
    }

    @BeforeEach
    void open() {
        one = JdbcStore.open(url);
        other = JdbcStore.open(url);
    }

    @AfterEach
    void close() {
        threads.shutdown();
        one.close();
        other.close();
    }

    @Test
    void theyHaveOneEpoch() {
        assertThat(one.log().epoch()).isEqualTo(other.log().epoch());
    }

    @Test
    void whatTheyAppendToTheSameConversationsAtOnceHasNoGapAndIsThereOnce() throws Exception {
        List<Callable<Map<Draft, Long>>> writers = new ArrayList<>();
        for (JdbcStore store : List.of(one, other)) {
            for (int i = 0; i < THREADS_EACH; i++) {
                long seed = writers.size();
                writers.add(() -> write(store, new Random(seed)));
            }
        }
        Map<Draft, Long> confirmed = new HashMap<>();
        for (Map<Draft, Long> part : run(writers)) {
            confirmed.putAll(part);
        }

        int stored = 0;
        for (ConversationId conversation : conversations) {
            List<Message> log = Chat.read(one, conversation);
            assertThat(Chat.read(other, conversation)).isEqualTo(log);
            assertThat(log)
                    .extracting(Message::seq)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, log.size())
                            .mapToObj(i -> (long) i)
                            .toList());
            stored += log.size();
        }
        assertThat(stored).isEqualTo(confirmed.size());
        confirmed.forEach((draft, seq) -> assertThat(
                        Chat.read(other, draft.conversation(), seq, 1).get(0))
                .isEqualTo(draft.at(seq, 1)));
    }

    private Map<Draft, Long> write(ImStore store, Random random) {
        Map<Draft, Long> confirmed = new HashMap<>();
        for (int i = 0; i < LISTS; i++) {
            List<Draft> drafts = new ArrayList<>();
            for (int n = random.nextInt(10); n >= 0; n--) {
                drafts.add(Chat.draft(conversations.get(random.nextInt(conversations.size()))));
            }
            List<AppendOutcome> outcomes = store.log().append(drafts, 1);
            for (int n = 0; n < drafts.size(); n++) {
                confirmed.put(drafts.get(n), ((Appended) outcomes.get(n)).seq());
            }
        }
        return confirmed;
    }

    @Test
    void theSameDraftsGivenToBothAtOnceAreStoredOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            ConversationId conversation = ConversationId.direct(BOB, UserId.of("round-" + round));
            List<Draft> drafts = List.of(Chat.draft(conversation), Chat.draft(conversation));

            List<List<AppendOutcome>> answers = run(
                    List.of(() -> one.log().append(drafts, 1), () -> other.log().append(drafts, 1)));

            assertThat(answers.stream().flatMap(List::stream).filter(Appended.class::isInstance))
                    .hasSize(2);
            assertThat(Chat.read(one, conversation)).hasSize(2);
        }
    }

    @Test
    void positionsMovedByBothAtOnceEndAtTheHighest() throws Exception {
        ConversationId conversation = conversations.get(0);
        for (int i = 0; i < 50; i++) {
            Chat.send(one, conversation);
        }
        CursorKey key = new CursorKey(conversation, ALICE, DeviceId.of("phone"));
        List<Callable<Set<AdvanceOutcome>>> movers = new ArrayList<>();
        for (JdbcStore store : List.of(one, other)) {
            movers.add(() -> {
                Set<AdvanceOutcome> outcomes = new HashSet<>();
                for (long seq = 1; seq <= 50; seq++) {
                    outcomes.addAll(store.cursors().advanceAcks(List.of(new AckAdvance(key, seq))));
                }
                return outcomes;
            });
        }
        movers.add(() -> {
            one.cursors().register(ALICE, DeviceId.of("laptop"), DeviceStart.FIRST_UNACKNOWLEDGED);
            return Set.of();
        });

        assertThat(run(movers)).noneMatch(outcomes -> outcomes.contains(AdvanceOutcome.REFUSED));
        assertThat(other.memberships()
                        .subscriptions(ALICE, key.device(), List.of(conversation))
                        .get(0)
                        .lastAck())
                .isEqualTo(50);
    }

    private <T> List<T> run(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : threads.invokeAll(tasks, BOUND_SECONDS, TimeUnit.SECONDS)) {
            results.add(future.get());
        }
        return results;
    }
}
