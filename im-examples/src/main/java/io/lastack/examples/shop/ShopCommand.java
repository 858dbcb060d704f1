package io.lastack.examples.shop;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ConnectionState;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryTransport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code java -jar lastack-server.jar shop}: one order that is paid, and one whose payment is declined. */
@Command(
        name = "shop",
        description = "Embedding example: an order and its message are committed together.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ShopCommand implements Callable<Integer> {
    private static final UserId BUYER = UserId.of("alice");
    private static final long BOUND_SECONDS = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "where the shop's database is kept (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Buyer buyer = new Buyer(out);
        try (Shop shop = Shop.open(data);
                ImRuntime runtime = ImRuntime.system();
                ImClient client = ImClient.builder(runtime, MemoryTransport.to(shop.im(), runtime))
                        .device(DeviceId.of("phone"))
                        .tokens(TokenSource.of(BUYER.value()))
                        .listener(buyer)
                        .build()) {
            client.start();
            await(buyer.online);

            long number = shop.order(BUYER, "a pound of tea", () -> {});
            out.println("order " + number + " is stored, and so is its message");
            await(buyer.told(number));
            declined(shop, out);
            out.println("there are " + shop.orders() + " orders");
            out.flush();
        }
        return 0;
    }

    private static void declined(Shop shop, PrintWriter out) throws SQLException {
        try {
            shop.order(BUYER, "a pound of gold", () -> {
                throw new IllegalStateException("the card was declined");
            });
        } catch (IllegalStateException e) {
            out.println(e.getMessage() + ": neither an order nor a message");
        }
    }

    private static void await(CompletableFuture<Void> event) {
        event.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Prints what the buyer's device gets. */
    private static final class Buyer implements ClientListener {
        private final PrintWriter out;
        private final CompletableFuture<Void> online = new CompletableFuture<>();
        private final ConcurrentHashMap<String, CompletableFuture<Void>> told = new ConcurrentHashMap<>();

        Buyer(PrintWriter out) {
            this.out = out;
        }

        CompletableFuture<Void> told(long number) {
            return told.computeIfAbsent("order-" + number, id -> new CompletableFuture<>());
        }

        @Override
        public void stateChanged(ConnectionState state) {
            if (state instanceof ConnectionState.Online) {
                online.complete(null);
            }
        }

        @Override
        public void message(Message message) {
            out.println("alice reads: " + message.content().payload().asText());
            told.computeIfAbsent(message.clientMessageId().value(), id -> new CompletableFuture<>())
                    .complete(null);
        }
    }
}
