package io.lastack.store.jdbc;

import static io.lastack.store.jdbc.Chat.ALICE;
import static io.lastack.store.jdbc.Chat.BOB;
import static io.lastack.store.jdbc.Chat.DIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.Change;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Payload;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.Audience;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.Standing;
import io.lastack.spi.Visible;
import io.lastack.store.jdbc.server.ServerKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page takes one statement, whatever its length, and so shows one moment: on every database. */
class OneStatementTest {
    private static final int MESSAGES = 1_100;
    private static final int TEXT_BYTES = Chat.draft(DIRECT).content().payload().size();
    private static final ConversationId GROUP = ConversationId.group("readers");

    static Stream<Arguments> databases() {
        Supplier<String> memory = () -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return Stream.concat(
                Stream.of(Arguments.of("H2", memory)),
                Stream.of(ServerKind.values())
                        .map(kind -> Arguments.of(kind.name(), (Supplier<String>) kind::newDatabase)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void aPageOfAnyLengthIsOneStatement(String name, Supplier<String> database) {
        try (Counted counted = new Counted(database.get())) {
            counted.append(DIRECT, MESSAGES);
            counted.pages(query(1, MESSAGES, Integer.MAX_VALUE));

            for (int length : List.of(1, 20, 64, 65, 100, 128, 129, 200, 256, 1_000, OpenPage.MAX_STRETCH)) {
                assertThat(seqs(counted.one(query(11, 10 + length, Integer.MAX_VALUE))))
                        .isEqualTo(seqs(11, Math.min(MESSAGES, 10 + length)));
            }
            for (int fit : List.of(1, 64, 129, 300)) {
                int bytes = fit * TEXT_BYTES;
                assertThat(seqs(counted.one(query(1, OpenPage.MAX_STRETCH, bytes))))
                        .isEqualTo(seqs(1, fit));
                assertThat(seqs(counted.one(query(1, Long.MAX_VALUE, bytes - 1))))
                        .isEqualTo(seqs(1, fit));
                assertThat(seqs(counted.one(query(1, 128, bytes)))).isEqualTo(seqs(1, Math.min(128, fit)));
            }
            assertThat(counted.one(query(MESSAGES + 1, Long.MAX_VALUE, 1)).messages())
                    .isEmpty();
            assertThat(counted.one(query(MESSAGES + 1, MESSAGES + 20, 1)).messages())
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void pagesOfManyConversationsAreOneStatement(String name, Supplier<String> database) {
        try (Counted counted = new Counted(database.get())) {
            List<ConversationId> inboxes = IntStream.range(0, 200)
                    .mapToObj(i -> ConversationId.inbox(UserId.of("user-" + i)))
                    .toList();
            inboxes.forEach(inbox -> counted.drafts(inbox, 4));
            counted.append();
            counted.append(DIRECT, 300);
            List<LogQuery> whole = new ArrayList<>();
            inboxes.forEach(inbox -> whole.add(new LogQuery(inbox, new SeqRange(2, 9), 1_000)));
            whole.add(new LogQuery(DIRECT, new SeqRange(301, 309), 1_000));
            List<LogQuery> cut = new ArrayList<>(whole.subList(0, 30));
            cut.add(query(1, 256, 150 * TEXT_BYTES));
            cut.add(query(290, Long.MAX_VALUE, 1));
            counted.pages(whole.toArray(LogQuery[]::new));

            List<LogPage> pages = counted.pages(whole.toArray(LogQuery[]::new));
            assertThat(counted.statements).hasSize(1);
            assertThat(pages.subList(0, 200))
                    .allSatisfy(page -> assertThat(seqs(page)).containsExactly(2L, 3L, 4L));
            assertThat(pages.get(200).messages()).isEmpty();

            pages = counted.pages(cut.toArray(LogQuery[]::new));
            assertThat(counted.statements).hasSize(1);
            assertThat(pages.subList(0, 30))
                    .allSatisfy(page -> assertThat(seqs(page)).containsExactly(2L, 3L, 4L));
            assertThat(seqs(pages.get(30))).isEqualTo(seqs(1, 150));
            assertThat(seqs(pages.get(31))).containsExactly(290L);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void whoHasReadIsOneStatementWhateverTheNumberOfMembers(String name, Supplier<String> database) {
        try (Counted counted = new Counted(database.get())) {
            Change everybody = new Change.CreateGroup("readers", Change.History.ALL, users(500));
            Content entry = new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0);
            Draft create = new Draft(GROUP, ALICE, ClientMessageId.of("create"), entry, everybody);
            counted.store.log().append(List.of(create), 1);

            counted.statements.clear();
            Audience audience = counted.store.audience(GROUP, 1);
            assertThat(counted.statements).hasSize(1);
            assertThat(audience.sender()).isEqualTo(ALICE);
            assertThat(audience.members()).hasSize(501);

            counted.statements.clear();
            assertThat(counted.store.memberships().entitled(GROUP, 1))
                    .containsExactlyInAnyOrderElementsOf(audience.members());
            assertThat(counted.statements).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void whatASecondStoreOfPositionsNeedsIsOneStatementForAnyNumberOfPlaces(String name, Supplier<String> database) {
        try (Counted counted = new Counted(database.get())) {
            List<ConversationId> directs = users(300).stream()
                    .map(user -> ConversationId.direct(ALICE, user))
                    .toList();
            directs.forEach(direct -> counted.drafts(direct, 1));
            counted.append();
            List<Place> places =
                    directs.stream().map(direct -> new Place(direct, ALICE)).toList();
            Map<ConversationId, Long> reads = new HashMap<>();
            directs.forEach(direct -> reads.put(direct, 0L));
            PositionsElsewhere log = counted.store.positionsElsewhere().orElseThrow();

            counted.statements.clear();
            assertThat(log.visible(places)).hasSize(300).containsValue(new Visible(1, 1));
            assertThat(counted.statements).hasSize(1);
            counted.statements.clear();
            assertThat(log.subscriptions(ALICE, reads)).hasSize(300);
            assertThat(counted.statements).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void positionsOfAnotherLogAreReadInOneStatementAndRaisedInTwo(String name, Supplier<String> database) {
        try (Counted counted = new Counted(database.get())) {
            Positions positions = counted.store.positions().orElseThrow();
            List<Place> places =
                    users(300).stream().map(user -> new Place(GROUP, user)).toList();
            positions.raiseReads(reads(places, 1));

            counted.statements.clear();
            assertThat(positions.raiseReads(reads(places, 2))).hasSize(300).containsOnly(true);
            assertThat(counted.ofPositions()).hasSize(2);
            counted.statements.clear();
            assertThat(positions.raiseReads(reads(places, 1))).hasSize(300).containsOnly(false);
            assertThat(counted.ofPositions()).hasSize(1);
            counted.statements.clear();
            assertThat(positions.standings(places)).hasSize(300);
            assertThat(counted.statements).hasSize(1);
            counted.statements.clear();
            assertThat(positions.standings(GROUP)).hasSize(300).containsValue(new Standing(Map.of(), 2, 9));
            assertThat(counted.statements).hasSize(1);
        }
    }

    private static List<ReadAdvance> reads(List<Place> places, long seq) {
        return places.stream()
                .sorted()
                .map(place -> new ReadAdvance(place.conversation(), place.user(), seq, 9))
                .toList();
    }

    /** What is deleted meanwhile is neither among the messages nor missing from what is told as deleted. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void aPageBeginsWhereTheLogDidAtThatMomentThoughItsBeginningIsBeingDeleted(String name, Supplier<String> database) {
        try (Counted counted = new Counted(database.get())) {
            counted.append(DIRECT, MESSAGES);
            int last = OpenPage.MAX_STRETCH;
            CompletableFuture<Void> deleting = CompletableFuture.runAsync(() -> {
                for (long through = 20; through <= 1_000; through += 20) {
                    counted.store.retention().orElseThrow().trim(DIRECT, through, Long.MAX_VALUE, 500);
                }
            });
            boolean over;
            do {
                over = deleting.isDone();
                LogPage whole = counted.pages(query(1, 100, Integer.MAX_VALUE)).get(0);
                assertThat(seqs(whole)).isEqualTo(seqs(whole.trimmedThrough() + 1, 100));
                LogPage cut = counted.pages(query(1, last, Integer.MAX_VALUE)).get(0);
                assertThat(seqs(cut)).isEqualTo(seqs(cut.trimmedThrough() + 1, last));
                assertOneMoment(counted.pages(query(1, 100, 1_000), query(901, last, 1_000)));
                assertOneMoment(counted.pages(query(1, 200, Integer.MAX_VALUE), query(901, last, Integer.MAX_VALUE)));
            } while (!over);
            deleting.join();
            assertThat(counted.one(query(1, 100, 1)).trimmedThrough()).isEqualTo(1_000);
        }
    }

    private static void assertOneMoment(List<LogPage> pages) {
        assertThat(pages)
                .extracting(LogPage::trimmedThrough)
                .containsOnly(pages.get(0).trimmedThrough());
    }

    private static LogQuery query(long first, long last, int maxBytes) {
        return new LogQuery(DIRECT, new SeqRange(first, last), maxBytes);
    }

    private static List<UserId> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> UserId.of("user-" + i)).toList();
    }

    private static List<Long> seqs(LogPage page) {
        return page.messages().stream().map(Message::seq).toList();
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** A store that tells its statements. */
    private static final class Counted implements AutoCloseable {
        private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
        private final List<Draft> drafts = new ArrayList<>();
        private final HikariDataSource pool;
        private final JdbcStore store;

        Counted(String url) {
            pool = ServerKind.hostsPool(url);
            store = JdbcStore.of(TappedDataSource.of(pool, statements::add));
        }

        void drafts(ConversationId conversation, int count) {
            for (int i = 0; i < count; i++) {
                drafts.add(i % 2 == 0 ? Chat.draft(conversation) : from(BOB, Chat.draft(conversation)));
            }
        }

        private static Draft from(UserId sender, Draft draft) {
            return new Draft(draft.conversation(), sender, draft.clientMessageId(), draft.content(), null);
        }

        void append(ConversationId conversation, int count) {
            drafts(conversation, count);
            append();
        }

        void append() {
            store.log().append(drafts, 1);
            drafts.clear();
        }

        /** Without what begins and ends a transaction, and bounds its waits. */
        List<String> ofPositions() {
            return statements.stream()
                    .filter(statement -> statement.contains("lastack_position"))
                    .toList();
        }

        /** Also forgets the statements of before. */
        List<LogPage> pages(LogQuery... queries) {
            statements.clear();
            return store.log().read(List.of(queries));
        }

        LogPage one(LogQuery query) {
            List<LogPage> pages = pages(query);
            assertThat(statements).hasSize(1);
            return pages.get(0);
        }

        @Override
        public void close() {
            store.close();
            pool.close();
        }
    }
}
