package io.lastack.examples.mixed;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryTransport;
import io.lastack.spi.Subscription;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code java -jar lastack-server.jar two-stores}: two messages, of which one is read, and what is known of that later. */
@Command(
        name = "two-stores",
        description = "Embedding example: messages in a database, positions and presence in Redis.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TwoStoresCommand implements Callable<Integer> {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final DeviceId PHONE = DeviceId.of("phone");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);
    private static final long BOUND_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--messages",
            paramLabel = "URL",
            defaultValue = "jdbc:h2:file:./data/two-stores",
            description = "JDBC address of the database that keeps the messages (default: ${DEFAULT-VALUE})")
    private String messages = "jdbc:h2:file:./data/two-stores";

    @Option(
            names = "--positions",
            paramLabel = "URL",
            defaultValue = "redis://localhost:6379",
            description = "the Redis that keeps positions and presence (default: ${DEFAULT-VALUE})")
    private String positions = "redis://localhost:6379";

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (TwoStores chat = TwoStores.open(messages, positions);
                ImRuntime runtime = ImRuntime.system()) {
            talk(chat, runtime, out);
        }
        try (TwoStores again = TwoStores.open(messages, positions)) {
            Subscription of = again.store()
                    .memberships()
                    .subscriptions(BOB, PHONE, List.of(DIRECT))
                    .get(0);
            out.printf(
                    "opened again: of %d messages bob's phone has %d and bob has read %d; %d is unread%n",
                    of.head(), of.lastAck(), of.lastRead(), of.unread());
            out.flush();
        }
        return 0;
    }

    private static void talk(TwoStores chat, ImRuntime runtime, PrintWriter out) {
        Reader reader = new Reader(out);
        try (ImClient bob = client(chat, runtime, BOB, reader);
                ImClient alice = client(chat, runtime, ALICE, new ClientListener() {})) {
            long first = await(alice.send(BOB, Content.text("are you there?"))).seq();
            long second = await(alice.send(BOB, Content.text("call me"))).seq();
            await(reader.got(first));
            await(reader.got(second));
            out.println("bob is " + (chat.im().presence().isOnline(BOB) ? "online" : "away"));
            await(bob.read(DIRECT, first));
        }
    }

    private static ImClient client(TwoStores chat, ImRuntime runtime, UserId user, ClientListener listener) {
        ImClient client = ImClient.builder(runtime, MemoryTransport.to(chat.im(), runtime))
                .device(PHONE)
                .tokens(TokenSource.of(user.value()))
                .listener(listener)
                .build();
        client.start();
        return client;
    }

    private static <T> T await(CompletionStage<T> event) {
        return event.toCompletableFuture()
                .orTimeout(BOUND_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Prints what a device gets. */
    private static final class Reader implements ClientListener {
        private final PrintWriter out;
        private final ConcurrentHashMap<Long, CompletableFuture<Boolean>> got = new ConcurrentHashMap<>();

        Reader(PrintWriter out) {
            this.out = out;
        }

        CompletableFuture<Boolean> got(long seq) {
            return got.computeIfAbsent(seq, s -> new CompletableFuture<>());
        }

        @Override
        public void message(Message message) {
            out.println("bob gets: " + message.content().payload().asText());
            got(message.seq()).complete(true);
        }
    }
}
