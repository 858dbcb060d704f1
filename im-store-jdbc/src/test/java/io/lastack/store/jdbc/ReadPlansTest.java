package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Place;
import io.lastack.store.jdbc.server.PlanLog;
import io.lastack.store.jdbc.server.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is read from tables that are large, on PostgreSQL, finds its rows by an index: shown by the plans that the server
 * carried out, once a prepared statement has settled on one. Prints what each read takes; the plans are in
 * {@code target/read-plans.txt}. {@code -Dplans.messages=5000000} fills tables as large as that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadPlansTest {
    private static final long MESSAGES = Long.getLong("plans.messages", 100_000);
    private static final Path PLANS = Path.of("target", "read-plans.txt");

    /** More than the driver takes to prepare a statement in the server, and the server to settle on a plan for it. */
    private static final int SETTLED = 12;

    private static final int TIMED = 200;
    private static final Pattern SCAN =
            Pattern.compile("(?:Scan|Scan using \\w+|Scan Backward using \\w+) on (lastack_\\w+)");
    private static final Pattern NODE =
            Pattern.compile("[A-Z][A-Za-z ]+ Scan (?:using|on) lastack_\\w+(?: on lastack_\\w+)?");
    private static final Pattern CONDITION = Pattern.compile("^\\s*(?:Index|Recheck) Cond: .*");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final UserId BUSY = LargeTables.user(1);
    private static final List<ConversationId> OF_BUSY = LargeTables.conversations();
    private static final List<UserId> A_HUNDRED =
            LongStream.rangeClosed(1, 100).mapToObj(LargeTables::user).toList();

    private final LargeTables tables = new LargeTables(MESSAGES);
    private PlanLog plans;
    private String url;

    /** Millions of messages take their time. */
    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void fill() throws IOException, SQLException {
        plans = PlanLog.start();
        url = ServerKind.POSTGRESQL.newDatabase(plans.server());
        JdbcStore.open(url).close();
        tables.fill(url);
        assertThat(LargeTables.counts(url).get(0)).isEqualTo(MESSAGES);
        Files.deleteIfExists(PLANS);
        System.out.println("messages, memberships, positions: " + LargeTables.counts(url));
        System.out.println("what                      rows statements  median ms     max ms  at the server ms  pages");
    }

    @AfterAll
    void stop() {
        plans.close();
    }

    @ParameterizedTest
    @EnumSource
    void findsItsRowsByAnIndex(Read read) throws IOException, SQLException {
        long[] nanos = new long[TIMED];
        int rows;
        try (JdbcStore store = JdbcStore.open(url)) {
            rows = settle(read, store);
            for (int i = 0; i < TIMED; i++) {
                long start = System.nanoTime();
                assertThat(read.rows(store, tables)).isEqualTo(rows);
                nanos[i] = System.nanoTime() - start;
            }
        }
        List<String> carriedOut = plansOf(read);
        print(read, rows, nanos, carriedOut);
        assertThat(rows).isPositive();
        assertThat(carriedOut).hasSize(read.statements);
        assertThat(carriedOut).allSatisfy(ReadPlansTest::assertFindsByIndex);
    }

    private int settle(Read read, JdbcStore store) {
        int rows = 0;
        for (int i = 0; i < SETTLED; i++) {
            rows = read.rows(store, tables);
        }
        return rows;
    }

    /** Of one call among many. Explaining makes a statement slower: not the calls that are timed. */
    private List<String> plansOf(Read read) throws IOException, SQLException {
        String database = ServerKind.databaseIn(url);
        plans.begin(database);
        try (JdbcStore store = JdbcStore.builder(url).migrate(false).poolSize(3).open()) {
            settle(read, store);
            plans.take();
            read.rows(store, tables);
            return plans.take();
        } finally {
            plans.end(database);
        }
    }

    private static void assertFindsByIndex(String plan) {
        assertThat(plan).contains("lastack_").doesNotContain("Seq Scan", "Rows Removed by Join Filter");
        String[] lines = plan.split("\n", -1);
        Set<String> found = new HashSet<>();
        for (int i = 0; i < lines.length; i++) {
            var scan = SCAN.matcher(lines[i]);
            if (scan.find()) {
                found.add(scan.group(1));
                assertThat(lines[i + 1])
                        .as("what comes after %s", lines[i].strip())
                        .matches(CONDITION);
            }
        }
        assertThat(found).isNotEmpty();
    }

    private static void print(Read read, int rows, long[] nanos, List<String> carriedOut) throws IOException {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-24s %5d %10d %10.2f %10.2f %17s  %s%n",
                read.name().toLowerCase(Locale.ROOT),
                rows,
                carriedOut.size(),
                nanos[TIMED / 2] / 1e6,
                nanos[TIMED - 1] / 1e6,
                carriedOut.stream().map(plan -> plan.split(" ", 3)[1]).collect(Collectors.joining(" + ")),
                carriedOut.stream().map(ReadPlansTest::pages).collect(Collectors.joining(" + ")));
        System.out.println(
                carriedOut.stream().flatMap(ReadPlansTest::scans).collect(Collectors.joining(", ", "    ", "")));
        Files.writeString(
                PLANS,
                carriedOut.stream().collect(Collectors.joining("\n\n", "== " + read + "\n", "\n\n")),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static Stream<String> scans(String plan) {
        return NODE.matcher(plan).results().map(node -> node.group()).distinct();
    }

    private static String pages(String plan) {
        var buffers = Pattern.compile("Buffers: shared (.*)").matcher(plan);
        return buffers.find() ? buffers.group(1) : "none";
    }

    /** What is read. */
    private enum Read {
        /** Everything about a user's conversations that its device needs to begin: positions, heads, unread counts. */
        LOGIN_OF_500(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.memberships()
                        .subscriptions(BUSY, PHONE, null, LargeTables.CONVERSATIONS)
                        .size();
            }
        },
        /** Which of the conversations have news. */
        HEADS_OF_500(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.log().heads(OF_BUSY).size();
            }
        },
        NAMED_500(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.memberships().subscriptions(BUSY, PHONE, OF_BUSY).size();
            }
        },
        /** Of a member who has read 2 of 100 messages, and so has most of the group's log to count. */
        UNREAD_IN_LARGE_GROUP(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return Math.toIntExact(store.memberships()
                        .subscriptions(LargeTables.user(2), PHONE, List.of(LargeTables.GROUP))
                        .get(0)
                        .unread());
            }
        },
        /** A page of 100 from the middle of the largest log. */
        PAGE_OF_100(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return page(store, LargeTables.GROUP, MESSAGES / 100, 100);
            }
        },
        /** The longest page that takes one statement; the server adds up its bytes. */
        PAGE_OF_1024(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return page(store, LargeTables.GROUP, MESSAGES / 200, OpenPage.MAX_STRETCH);
            }
        },
        PAGE_OF_20_OF_A_DIRECT(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return page(store, ConversationId.direct(BUSY, LargeTables.user(250)), 1, 20);
            }
        },
        /** What a device that comes back reads at once: a share of its window from each of 32 conversations. */
        SYNC_OF_32(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                List<LogQuery> queries = OF_BUSY.subList(0, 32).stream()
                        .map(conversation -> new LogQuery(conversation, new SeqRange(1, 8), 32_768))
                        .toList();
                return store.log().read(queries).stream()
                        .mapToInt(page -> page.messages().size())
                        .sum();
            }
        },
        /** The sender of a message in a large group, and everybody's position. */
        WHO_READ(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.audience(LargeTables.GROUP, MESSAGES / 100)
                        .members()
                        .size();
            }
        },
        MEMBERS_PAGE_OF_100(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.memberships()
                        .members(LargeTables.GROUP, LargeTables.user(tables.members() / 2 - 1), 100)
                        .size();
            }
        },
        MEMBERS_AMONG_100(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.memberships().members(LargeTables.GROUP, A_HUNDRED).size();
            }
        },
        CONVERSATIONS_OF_A_USER(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.memberships().conversations(BUSY).size();
            }
        },
        /** What a login reads where the positions are in another store. */
        COUNTED_ABOVE_GIVEN_POSITIONS(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                Map<ConversationId, Long> reads =
                        OF_BUSY.stream().collect(Collectors.toMap(Function.identity(), conversation -> 2L));
                return store.positionsElsewhere()
                        .orElseThrow()
                        .subscriptions(BUSY, reads)
                        .size();
            }
        },
        /** What positions are checked with that are in another store. */
        VISIBLE_AT_600_PLACES(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                List<Place> places = Stream.concat(
                                OF_BUSY.stream().map(conversation -> new Place(conversation, BUSY)),
                                A_HUNDRED.stream().map(user -> new Place(LargeTables.GROUP, user)))
                        .toList();
                return store.positionsElsewhere().orElseThrow().visible(places).size();
            }
        },
        CONVERSATION_COUNTS_OF_100(1) {
            @Override
            int rows(JdbcStore store, LargeTables tables) {
                return store.memberships().conversationCounts(A_HUNDRED).size();
            }
        };

        /** How many statements, once names have their numbers remembered. */
        private final int statements;

        Read(int statements) {
            this.statements = statements;
        }

        /** Reads; returns how many rows, or their sum. */
        abstract int rows(JdbcStore store, LargeTables tables);

        private static int page(JdbcStore store, ConversationId conversation, long first, int count) {
            SeqRange range = new SeqRange(first, first + count - 1);
            return store.log()
                    .read(List.of(new LogQuery(conversation, range, Integer.MAX_VALUE)))
                    .get(0)
                    .messages()
                    .size();
        }
    }
}
