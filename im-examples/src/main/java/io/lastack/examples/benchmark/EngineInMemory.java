package io.lastack.examples.benchmark;

import io.lastack.ImEngine;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Handshake;
import io.lastack.session.Session;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An engine over the in-memory store, on one thread and in virtual time: what is measured is the work of the engine and
 * the encoding, without threads that wait for each other, and without a network.
 */
final class EngineInMemory {
    /** Virtual time that one message takes: cursors are flushed once in 2,000 messages. */
    private static final Duration STEP = Duration.ofNanos(100_000);

    private static final String TEXT = "0123456789".repeat(20);

    private final VirtualRuntime runtime = VirtualRuntime.seeded(1);
    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .runtime(runtime)
            .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
            .build();
    private final List<SwallowingConnection> connections = new ArrayList<>();
    private long requests;

    Session connect(String user) {
        SwallowingConnection connection = new SwallowingConnection();
        connections.add(connection);
        Session session = engine.accept(connection, new Handshake(user, user + "-1"));
        runtime.runUntilIdle();
        return session;
    }

    /** Makes a group; the owner's session gets to know of it. */
    void createGroup(Session owner, String group, List<String> members) {
        owner.received(List.of(
                new ClientFrame.Group(++requests, null, new GroupAction.Create(group, group, List.of(), null, null))));
        runtime.runUntilIdle();
        for (int from = 0; from < members.size(); from += 400) {
            List<String> some = members.subList(from, Math.min(members.size(), from + 400));
            owner.received(
                    List.of(new ClientFrame.Group(++requests, "group:" + group, new GroupAction.AddMembers(some))));
            runtime.runUntilIdle();
        }
    }

    /** Sends a message of 200 bytes, and does everything that follows from it. */
    void send(Session from, String conversation) {
        long id = ++requests;
        from.received(List.of(new ClientFrame.Send(
                id, conversation, Long.toString(id), "text", Body.of(TEXT), Map.of(), 0, List.of())));
        runtime.runUntilIdle();
    }

    void acknowledge(Session session, String conversation, long seq) {
        session.received(List.of(new ClientFrame.Ack(List.of(new ClientFrame.Position(conversation, seq)), List.of())));
    }

    void passTime() {
        runtime.advance(STEP);
    }

    long delivered() {
        return engine.counters().deliveries();
    }

    /** Frames that were written to all connections. */
    long frames() {
        return connections.stream().mapToLong(SwallowingConnection::frames).sum();
    }
}
