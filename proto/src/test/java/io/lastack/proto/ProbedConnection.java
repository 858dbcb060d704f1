package io.lastack.proto;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.memory.VirtualRuntime;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;
import io.lastack.session.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection of which bytes come and go, and which knows what an engine may write to it. */
final class ProbedConnection implements Connection {
    /** What a client can be told; 500 and 503 are missing, since a store in memory does not fail. */
    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 403, 404, 409, 413, 422, 429);

    /** As the protocol lists them, without 1011: nothing may fail. */
    private static final Set<Integer> CLOSES =
            Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 4401, 4408, 4409, 4413, 4429);

    private static final int MAX_CLOSE_BYTES = 123;

    private final VirtualRuntime runtime;
    private final WireCodec codec;

    /** How many replies are owed under each id. */
    private final Map<Long, Integer> owed = new HashMap<>();

    private @Nullable Session session;
    private @Nullable String user;
    private @Nullable WriteCallback inFlight;
    private @Nullable CloseReason closing;
    private boolean toldToGo;
    private boolean reading = true;
    private boolean ended;

    ProbedConnection(VirtualRuntime runtime, WireCodec codec) {
        this.runtime = runtime;
        this.codec = codec;
    }

    void open(Session accepted) {
        session = accepted;
    }

    // ---- what the client does

    void arrived(byte[] packet) {
        if (session == null || ended || closing != null) {
            return;
        }
        session.activity();
        try {
            List<ClientFrame> frames = codec.decodeClient(ByteBuffer.wrap(packet));
            frames.forEach(this::owe);
            session.received(frames);
        } catch (MalformedPacketException e) {
            session.malformed(e.closeReason());
        }
    }

    private void owe(ClientFrame frame) {
        long id = frame instanceof ClientFrame.Request request
                ? request.requestId()
                : frame instanceof ClientFrame.Invalid invalid ? invalid.requestId() : 0;
        if (id > 0) {
            owed.merge(id, 1, Integer::sum);
        }
    }

    void stopOrGoOnReading() {
        reading = !reading;
        complete();
    }

    void end(CloseReason reason) {
        if (!ended) {
            ended = true;
            complete();
            if (session != null) {
                session.closed(reason);
            }
        }
    }

    /** Once nothing is left to do, a client that reads has a reply to each of its requests. */
    void checkAnswered() {
        if (reading && !ended && closing == null) {
            SessionScript.require(owed.isEmpty(), "no reply to " + owed.keySet());
        }
    }

    // ---- what the engine does

    @Override
    public FrameEncoder encoder() {
        return codec;
    }

    @Override
    public void write(List<EncodedFrame> packet, WriteCallback done) {
        SessionScript.require(inFlight == null, "two writes at once");
        SessionScript.require(closing == null, "a write after the close");
        SessionScript.require(!packet.isEmpty(), "a packet of nothing");
        inFlight = done;
        if (!ended) {
            read(codec.packet(packet)).forEach(this::check);
        }
        complete();
    }

    private List<ServerFrame> read(byte[] packet) {
        try {
            return codec.decodeServer(ByteBuffer.wrap(packet));
        } catch (MalformedPacketException e) {
            throw new AssertionError("the engine wrote what cannot be read", e);
        }
    }

    private void check(ServerFrame frame) {
        if (frame instanceof ServerFrame.Welcome welcome) {
            user = welcome.user();
        } else if (frame instanceof ServerFrame.Reply reply) {
            checkStatus(reply.status().code());
            int left = owed.getOrDefault(reply.requestId(), 0) - 1;
            SessionScript.require(left >= 0, "a reply that nobody asked for, to " + reply.requestId());
            owed.put(reply.requestId(), left);
            owed.remove(reply.requestId(), 0);
        } else if (frame instanceof ServerFrame.Error error) {
            checkStatus(error.status().code());
        } else if (frame instanceof ServerFrame.GoAway) {
            toldToGo = true;
        } else {
            SessionScript.require(user != null, frame.getClass() + " before welcome");
        }
        if (frame instanceof ServerFrame.Deliver deliver) {
            checkTheirs(deliver.conversation());
        }
    }

    private static void checkStatus(int code) {
        SessionScript.require(STATUSES.contains(code), "status " + code);
    }

    private void checkTheirs(ConversationId conversation) {
        boolean theirs = conversation.kind() == ConversationId.Kind.GROUP
                || (user != null && conversation.names(UserId.of(user)));
        SessionScript.require(theirs, conversation + " came to " + user);
    }

    /** A write completes when the client reads, or the connection has ended. */
    private void complete() {
        WriteCallback done = inFlight;
        if (done != null && (reading || ended)) {
            inFlight = null;
            boolean ok = !ended;
            runtime.execute(() -> done.written(ok));
        }
    }

    @Override
    public void ping() {
        if (reading && !ended) {
            runtime.execute(() -> {
                if (session != null && !ended) {
                    session.activity();
                }
            });
        }
    }

    @Override
    public void close(CloseReason reason) {
        SessionScript.require(CLOSES.contains(reason.code()), "closed with " + reason);
        SessionScript.require(
                reason.text().getBytes(StandardCharsets.UTF_8).length <= MAX_CLOSE_BYTES,
                "a reason of more than " + MAX_CLOSE_BYTES + " bytes: " + reason.text());
        SessionScript.require(
                toldToGo || user == null || !reading || reason.code() != CloseReason.GOING_AWAY,
                "goAway is missing before the close");
        closing = reason;
        runtime.execute(() -> end(reason));
    }

    @Override
    public void kill() {
        runtime.execute(() -> end(new CloseReason(1006, "killed")));
    }

    @Override
    public String remoteAddress() {
        return "memory";
    }
}
