package io.lastack.client;

import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.memory.MemoryTransport;
import io.lastack.memory.VirtualRuntime;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A client of alice's phone, and the scripted server it talks to, on virtual time. */
final class World {
    static final ConversationId DIRECT = ConversationId.direct(ScriptedServer.ALICE, ScriptedServer.BOB);
    static final ConversationId GROUP = ConversationId.group("g");

    final VirtualRuntime runtime;
    final ScriptedServer server;
    final MemoryTransport transport;
    final BreakableConnector connector;
    final MemoryClientState state;
    final Seen seen;
    final ImClient client;

    World() {
        this(1, b -> {});
    }

    World(Consumer<ImClient.Builder> more) {
        this(1, more);
    }

    World(long seed, Consumer<ImClient.Builder> more) {
        runtime = VirtualRuntime.seeded(seed);
        server = new ScriptedServer(runtime);
        transport = MemoryTransport.to(server, runtime);
        connector = new BreakableConnector(transport);
        state = new MemoryClientState();
        seen = new Seen(runtime::currentTimeMillis);
        client = client(connector, seen, more);
    }

    /** Another client of the same device, that starts from the same state: what a restart is. */
    ImClient restarted(Seen listener) {
        connector.dead = true;
        connector.cut();
        return another(listener, b -> {});
    }

    /** Another client of the same device. */
    ImClient another(Seen listener, Consumer<ImClient.Builder> more) {
        return client(new BreakableConnector(transport), listener, more);
    }

    private ImClient client(Connector link, Seen listener, Consumer<ImClient.Builder> more) {
        ImClient.Builder builder = ImClient.builder(runtime, link)
                .tokens(TokenSource.of("token"))
                .device(DeviceId.of("phone"))
                .state(state)
                .listener(listener);
        more.accept(builder);
        return builder.build();
    }

    /** Online, and everything that follows from it done. */
    World online() {
        client.start();
        run(1);
        return this;
    }

    void run(double seconds) {
        runtime.advance(Duration.ofMillis((long) (seconds * 1_000)));
    }

    CompletionStage<Sent> send(ConversationId conversation, String text) {
        return client.send(conversation, Content.text(text));
    }
}
