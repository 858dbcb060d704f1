package io.lastack.client;

import io.lastack.ImEngine;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryLink;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.memory.VirtualRuntime;
import io.lastack.spi.Authenticator;
import io.lastack.spi.LogQuery;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Clients of several users and devices, and the engine itself, on virtual time. */
final class Fleet {
    final VirtualRuntime runtime;
    MemoryStore store = MemoryStore.create();
    ImEngine engine;
    final MemoryTransport transport;
    final List<Ship> ships = new ArrayList<>();

    /** One client, with what it may be disturbed by and what its application saw. */
    record Ship(UserId user, ImClient client, BreakableConnector connector, Seen seen) {}

    Fleet(long seed) {
        runtime = VirtualRuntime.seeded(seed);
        engine = start();
        transport = MemoryTransport.to((connection, handshake) -> engine.accept(connection, handshake), runtime);
    }

    private ImEngine start() {
        return ImEngine.builder(store)
                .runtime(runtime)
                .authenticator(Fleet::authenticate)
                .build();
    }

    /** The engine's process dies, and another one begins on the same store. */
    void crash() {
        transport.links().forEach(MemoryLink::cut);
        engine = start();
    }

    /** The engine's process dies, and another one begins on other data. */
    void restore(MemoryStore other) {
        store = other;
        crash();
    }

    private static Authenticator.AuthOutcome authenticate(Authenticator.Credentials credentials) {
        return new Authenticator.AuthOutcome.Accepted(UserContext.of(UserId.of(credentials.token())));
    }

    Ship launch(String user, String device) {
        return launch(user, device, new Seen(), builder -> {});
    }

    Ship launch(String user, String device, Seen seen, Consumer<ImClient.Builder> more) {
        BreakableConnector connector = new BreakableConnector(transport);
        ImClient.Builder builder = ImClient.builder(runtime, connector)
                .tokens(TokenSource.of(user))
                .device(DeviceId.of(device))
                .listener(seen);
        more.accept(builder);
        Ship ship = new Ship(UserId.of(user), builder.build(), connector, seen);
        ships.add(ship);
        ship.client().start();
        return ship;
    }

    void run(double seconds) {
        runtime.advance(Duration.ofMillis((long) (seconds * 1_000)));
    }

    List<Message> log(ConversationId conversation) {
        LogQuery all = new LogQuery(conversation, new SeqRange(1, Long.MAX_VALUE - 1), Integer.MAX_VALUE);
        return store.log().read(List.of(all)).get(0).messages();
    }
}
