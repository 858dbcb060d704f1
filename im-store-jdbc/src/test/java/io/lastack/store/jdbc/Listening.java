package io.lastack.store.jdbc;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.Connector;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryTransport;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import io.lastack.spi.UserContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A connected device that acknowledges everything at once and remembers it, repeats included. */
final class Listening implements Connector.Listener {
    private static final long BOUND_NANOS = 60_000_000_000L;
    private static final EngineRuntime RUNTIME = ImRuntime.system();

    private final List<ServerFrame> frames = new ArrayList<>();
    private Connector.@Nullable Link link;

    private Listening() {}

    /** An engine whose tokens are the names of users. */
    static ImEngine engine(ImStore store, EngineOptions options) {
        return ImEngine.builder(store)
                .options(options)
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .build();
    }

    /** Connects, and returns when the user is logged in. */
    static Listening to(ImEngine engine, UserId user) {
        Listening device = new Listening();
        MemoryTransport.to(engine, RUNTIME).connect(device);
        device.await("the link", () -> device.link != null);
        device.write(new ClientFrame.Hello(1, user.value(), "phone", List.of(), "test", null));
        device.await("the login", () -> device.all(ServerFrame.Welcome.class).size() == 1);
        // Requests are answered in order, after the login is complete.
        device.write(new ClientFrame.Ping(2));
        device.await(
                "the first reply",
                () -> device.all(ServerFrame.Reply.class).stream().anyMatch(r -> r.requestId() == 2));
        return device;
    }

    static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private synchronized void write(ClientFrame frame) {
        if (link != null) {
            link.write(List.of(frame));
        }
    }

    @Override
    public synchronized void opened(Connector.Link opened) {
        link = opened;
        notifyAll();
    }

    @Override
    public synchronized void received(List<ServerFrame> packet) {
        frames.addAll(packet);
        List<ClientFrame.Position> positions = new ArrayList<>();
        for (ServerFrame frame : packet) {
            if (frame instanceof ServerFrame.Deliver deliver) {
                List<Message> messages = deliver.messages();
                positions.add(new ClientFrame.Position(
                        deliver.conversation().value(),
                        messages.get(messages.size() - 1).seq()));
            }
        }
        if (!positions.isEmpty()) {
            write(new ClientFrame.Ack(positions, List.of()));
        }
        notifyAll();
    }

    @Override
    public void closed(CloseReason reason) {}

    private synchronized <F extends ServerFrame> List<F> all(Class<F> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Message> delivered(ConversationId conversation) {
        return all(ServerFrame.Deliver.class).stream()
                .filter(d -> d.conversation().equals(conversation))
                .flatMap(d -> d.messages().stream())
                .toList();
    }

    List<Long> seqs(ConversationId conversation) {
        return delivered(conversation).stream().map(Message::seq).toList();
    }

    List<String> changes(ConversationId group) {
        return all(ServerFrame.Membership.class).stream()
                .filter(m -> m.conversation().equals(group))
                .map(ServerFrame.Membership::change)
                .toList();
    }

    void awaitHead(ConversationId conversation, long seq) {
        await("seq " + seq + " of " + conversation, () -> seqs(conversation).contains(seq));
    }

    /** Waits until the newest change of the user's membership is this one. */
    void awaitChange(ConversationId group, String change) {
        await(change, () -> {
            List<String> changes = changes(group);
            return !changes.isEmpty() && changes.get(changes.size() - 1).equals(change);
        });
    }

    private synchronized void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + BOUND_NANOS;
        while (!condition.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(what + " did not come; there came " + frames);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
