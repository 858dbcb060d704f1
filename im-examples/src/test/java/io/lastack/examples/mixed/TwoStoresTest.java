package io.lastack.examples.mixed;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ClientState;
import io.lastack.client.ImClient;
import io.lastack.client.MemoryClientState;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryTransport;
import io.lastack.spi.ImStore;
import io.lastack.spi.Subscription;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.server.PostgreSqlServer;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import redis.clients.jedis.RedisClient;

/** Messages in a database and positions in Redis, both real, closed and opened again, and Redis emptied. */
class TwoStoresTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);

    @TempDir
    static Path directory;

    private static RedisProcess redis;
    private static ImRuntime runtime;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisProcess.start(RedisVersion.REDIS_7);
        runtime = ImRuntime.system();
    }

    @AfterAll
    static void stop() {
        runtime.close();
        redis.close();
    }

    private static String database(String kind) {
        return kind.equals("H2")
                ? "jdbc:h2:file:" + directory.resolve("chat")
                : PostgreSqlServer.shared().newDatabase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "PostgreSQL"})
    void positionsOutliveTheProcessAndTheirLossCostsNoMessage(String kind) throws Exception {
        String database = database(kind);
        emptyRedis();
        ClientState kept = new MemoryClientState();
        try (TwoStores chat = TwoStores.open(database, redis.url());
                Client alice = new Client(chat, ALICE, new MemoryClientState());
                Client bob = new Client(chat, BOB, kept)) {
            alice.send(5);
            await(() -> bob.seqs().equals(seqs(1, 5)));
            done(bob.client.read(DIRECT, 3));
            assertThat(chat.im().presence().isOnline(BOB)).isTrue();
            await(() -> numbers(chat.store()).equals(List.of(5L, 5L, 3L, 2L)));
            Subscription ofAlice = subscription(chat.store(), ALICE);
            assertThat(List.of(ofAlice.peerAck(), ofAlice.peerRead())).containsExactly(5L, 3L);
        }
        try (JdbcStore alone = JdbcStore.open(database)) {
            assertThat(numbers(alone)).as("the database has messages only").containsExactly(5L, 0L, 0L, 5L);
        }

        try (TwoStores chat = TwoStores.open(database, redis.url());
                Client bob = new Client(chat, BOB, kept);
                Client alice = new Client(chat, ALICE, new MemoryClientState())) {
            assertThat(numbers(chat.store())).containsExactly(5L, 5L, 3L, 2L);
            alice.send(1);
            await(() -> bob.seqs().equals(seqs(6, 6)));
            await(() -> numbers(chat.store()).equals(List.of(6L, 6L, 3L, 3L)));
            assertThat(chat.im().receipts().readers(DIRECT, 3).readBy()).hasSize(1);

            emptyRedis();
            assertThat(numbers(chat.store())).as("unread anew").containsExactly(6L, 0L, 0L, 6L);
        }

        try (TwoStores chat = TwoStores.open(database, redis.url());
                Client bob = new Client(chat, BOB, kept);
                Client alice = new Client(chat, ALICE, new MemoryClientState())) {
            alice.send(1);
            await(() -> bob.seqs().equals(seqs(7, 7)));
            done(bob.client.read(DIRECT, 7));
            await(() -> numbers(chat.store()).equals(List.of(7L, 7L, 7L, 0L)));
        }

        emptyRedis();
        try (TwoStores chat = TwoStores.open(database, redis.url());
                Client bob = new Client(chat, BOB, new MemoryClientState())) {
            await(() -> bob.seqs().equals(seqs(1, 7)));
            await(() -> numbers(chat.store()).equals(List.of(7L, 7L, 0L, 7L)));
        }
    }

    @Test
    void theExampleRunsAndRunsAgainOnItsData() throws Exception {
        emptyRedis();
        String database = "jdbc:h2:file:" + directory.resolve("example");
        assertThat(run(database))
                .containsExactly(
                        "bob gets: are you there?",
                        "bob gets: call me",
                        "bob is online",
                        "opened again: of 2 messages bob's phone has 2 and bob has read 1; 1 is unread");
        assertThat(run(database))
                .contains("opened again: of 4 messages bob's phone has 4 and bob has read 3; 1 is unread");
    }

    private static String[] run(String database) {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new TwoStoresCommand())
                .setOut(new PrintWriter(out))
                .execute("--messages", database, "--positions", redis.url());
        assertThat(exit).isZero();
        return out.toString().split(System.lineSeparator());
    }

    /** Head, floor and read position of bob's phone, and what is unread. */
    private static List<Long> numbers(ImStore store) {
        Subscription s = subscription(store, BOB);
        return List.of(s.head(), s.lastAck(), s.lastRead(), s.unread());
    }

    private static Subscription subscription(ImStore store, UserId user) {
        return store.memberships().subscriptions(user, PHONE, List.of(DIRECT)).get(0);
    }

    private static void emptyRedis() {
        try (RedisClient client = RedisClient.create(redis.url())) {
            client.flushAll();
        }
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static <R> R done(CompletionStage<R> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A phone, and what it was shown. */
    private static final class Client implements ClientListener, AutoCloseable {
        private final List<Message> shown = new CopyOnWriteArrayList<>();
        private final ImClient client;

        Client(TwoStores chat, UserId user, ClientState state) throws Exception {
            client = ImClient.builder(runtime, MemoryTransport.to(chat.im(), runtime))
                    .device(PHONE)
                    .tokens(TokenSource.of(user.value()))
                    .state(state)
                    .listener(this)
                    .build();
            client.start();
            done(client.requests().ping());
        }

        @Override
        public void message(Message message) {
            shown.add(message);
        }

        List<Long> seqs() {
            return shown.stream().map(Message::seq).toList();
        }

        void send(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                done(client.send(BOB, Content.text("text")));
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
