package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.Handshake;
import io.lastack.session.ServerFrame;
import io.lastack.session.Session;
import io.lastack.session.SessionAcceptor;
import io.lastack.session.Status;
import io.lastack.spi.EngineRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server for one device of alice, small enough to be read, that does what the protocol asks and, told so, what servers
 * do on bad days. For tests on a virtual runtime: one thread.
 */
final class ScriptedServer implements SessionAcceptor {
    static final UserId ALICE = UserId.of("alice");
    static final UserId BOB = UserId.of("bob");

    final EngineRuntime runtime;
    final ServerLog log = new ServerLog();

    /** All frames that arrived, over all connections. */
    final List<ClientFrame> received = new ArrayList<>();

    /** How many packets arrived, over all connections. */
    int packets;

    /** The device's stored floors. */
    final Map<ConversationId, Long> floors = new TreeMap<>();

    int window = 256;
    int messagesPerFrame = 8;
    long heartbeatMillis = 15_000;
    int maxBodyBytes = 65_536;
    String epoch = "e1";
    Predicate<String> goodToken = token -> true;

    /** What to answer to a request instead of handling it; null to handle it. */
    Function<ClientFrame.Request, @Nullable Status> refusal = request -> null;

    /** How many hellos come too late: the connection is closed without an answer. */
    int lateHellos;

    /** Whether positions of the same epoch hold. */
    boolean resumes = true;

    /** Requests that are handled, and whose answer is lost. */
    Predicate<ClientFrame.Request> unanswered = request -> false;

    /** Where the device begins where it has no floor and states none. */
    long firstFloor;

    private int bobsMessages;
    private @Nullable ScriptedSession current;
    private int sessions;

    ScriptedServer(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Session accept(Connection connection, Handshake handshake) {
        return new ScriptedSession(this, connection, "s" + ++sessions);
    }

    /** Bob says something. */
    Message say(ConversationId conversation, String text) {
        ClientMessageId id = ClientMessageId.of("bob-" + ++bobsMessages);
        Message message = log.append(conversation, BOB, id, Content.text(text), runtime.currentTimeMillis());
        if (current != null) {
            current.pump();
        }
        return message;
    }

    void say(ConversationId conversation, int messages) {
        for (int i = 1; i <= messages; i++) {
            say(conversation, "bob " + i);
        }
    }

    void greeted(ScriptedSession session) {
        ScriptedSession older = current;
        current = session;
        if (older != null && older != session) {
            older.end(new CloseReason(CloseReason.REPLACED, "the same device connected again"));
        }
    }

    void ended(ScriptedSession session) {
        if (current == session) {
            current = null;
        }
    }

    boolean isConnected() {
        return current != null;
    }

    /** Ends the connection in good order. */
    void close(int code) {
        connected().end(new CloseReason(code, "told by the test"));
    }

    void send(ServerFrame frame) {
        connected().write(frame);
    }

    /** What lies between is not for this device. */
    void jumpTo(ConversationId conversation, long seq) {
        connected().jumpTo(conversation, seq);
    }

    /** How many sessions were opened so far. */
    int sessions() {
        return sessions;
    }

    private ScriptedSession connected() {
        if (current == null) {
            throw new AssertionError("nobody is connected");
        }
        return current;
    }

    <F> List<F> received(Class<F> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The data is lost, as after a restore from an empty backup. */
    void loseEverything(String newEpoch) {
        epoch = newEpoch;
        log.clear();
        floors.clear();
    }
}
