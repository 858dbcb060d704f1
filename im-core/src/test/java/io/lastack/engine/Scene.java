package io.lastack.engine;

import io.lastack.ImEngine;
import io.lastack.ImEngineBuilder;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.MemoryTransport;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.ImStore;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** An engine in virtual time, with clients that join it by name; the token is the user's name. */
final class Scene {
    final VirtualRuntime runtime;
    final ImStore store;
    final UnaryOperator<ImEngineBuilder> wiring;
    ImEngine engine;
    MemoryTransport transport;

    Scene() {
        this(b -> b);
    }

    Scene(EngineOptions options) {
        this(b -> b.options(options));
    }

    Scene(UnaryOperator<ImEngineBuilder> wiring) {
        this(MemoryStore.create(), wiring);
    }

    Scene(ImStore store, UnaryOperator<ImEngineBuilder> wiring) {
        this(VirtualRuntime.seeded(42), store, wiring);
    }

    /** One of several engines in one time. */
    Scene(VirtualRuntime runtime, ImStore store, UnaryOperator<ImEngineBuilder> wiring) {
        this.runtime = runtime;
        this.store = store;
        this.wiring = wiring;
        start();
    }

    private void start() {
        engine = wiring.apply(ImEngine.builder(store)
                        .runtime(runtime)
                        .authenticator(c -> c.token().startsWith("bad")
                                ? new AuthOutcome.Rejected("bad token")
                                : new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token())))))
                .build();
        transport = MemoryTransport.to(engine, runtime);
    }

    /** The process dies: connections, journals and caches are gone; only the store stays. */
    void crash() {
        transport.links().forEach(link -> link.cut());
        start();
    }

    RawClient connect(String user, String device) {
        RawClient client = new RawClient(user, device);
        transport.connect(client);
        run();
        return client;
    }

    RawClient join(String user, String device, ClientFrame.Position... resume) {
        RawClient client = connect(user, device);
        client.hello(resume);
        run();
        return client;
    }

    RawClient join(String user) {
        return join(user, user + "-1");
    }

    void run() {
        runtime.runUntilIdle();
    }

    void pass(Duration time) {
        runtime.advance(time);
    }

    static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    static ClientFrame.Position at(String conversation, long seq) {
        return new ClientFrame.Position(conversation, seq);
    }
}
