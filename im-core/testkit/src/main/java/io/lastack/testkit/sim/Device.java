package io.lastack.testkit.sim;

import io.lastack.client.ClientState;
import io.lastack.client.ImClient;
import io.lastack.client.MemoryClientState;
import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One device of one user: a client that dies and comes back, with or without its state, and the application on it. */
final class Device {
    private static final long START_AGAIN_AFTER = 300_000_000;

    private final World world;
    private final UserId user;
    private final DeviceId id;
    private final App app;
    private ClientState state = new MemoryClientState();
    private int lives;
    private long unreachableUntil;
    private int node;
    private @Nullable Process process;
    private @Nullable ImClient client;

    Device(World world, UserId user, DeviceId id) {
        this.world = world;
        this.user = user;
        this.id = id;
        this.app = new App(this, world);
    }

    UserId user() {
        return user;
    }

    DeviceId id() {
        return id;
    }

    String name() {
        return id.value();
    }

    App app() {
        return app;
    }

    CursorKey key(ConversationId conversation) {
        return new CursorKey(conversation, user, id);
    }

    Process process() {
        return Objects.requireNonNull(process, "the device was never started");
    }

    /** Of which epoch the client's positions are. */
    String keptEpoch() {
        return String.valueOf(state.load().epoch());
    }

    /** Null while it is off or stands still. */
    @Nullable
    ImClient client() {
        return isUp() && !process().standsStill() ? client : null;
    }

    boolean isUp() {
        return process != null && !process.isDead();
    }

    void start() {
        if (isUp()) {
            return;
        }
        Process started = new Process(name() + "." + ++lives, world.time(), world.split(), 0);
        process = started;
        world.trace().note(started.name(), "starts", "");
        ImClient built = ImClient.builder(started, listener -> {
                    Node target = world.node(node++);
                    world.network().connect(this, started, target, world.time().nanos() >= unreachableUntil, listener);
                })
                .device(id)
                .tokens(() -> world.gate().issue(user, world.node(node).currentTimeMillis()))
                .options(world.scenario().client())
                .listener(app)
                .state(state)
                .build();
        client = built;
        built.start();
    }

    /** @param keepState false loses what the client kept, as by installing it anew */
    void crash(boolean keepState) {
        if (!isUp()) {
            return;
        }
        world.trace().note(process().name(), keepState ? "dies" : "dies for good", "");
        process().die();
        world.network().died(process());
        if (!keepState) {
            state = new MemoryClientState();
        }
        app.newLife(keepState);
    }

    void close() {
        ImClient open = client();
        if (open != null) {
            world.trace().note(process().name(), "closes", "");
            open.close();
        }
    }

    void startAgainSoon() {
        world.time().add(START_AGAIN_AFTER, process(), false, () -> {
            if (client != null) {
                client.start();
            }
        });
    }

    void unreachableFor(long nanos) {
        unreachableUntil = world.time().nanos() + nanos;
    }

    void reachable() {
        unreachableUntil = 0;
    }
}
