package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Session;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection to the scripted server. */
final class ScriptedSession implements Session {
    private final ScriptedServer server;
    private final Connection connection;
    private final String id;
    private final Map<ConversationId, Long> sent = new TreeMap<>();
    private final Map<ConversationId, Long> acked = new TreeMap<>();
    private final Map<ConversationId, Set<Long>> ownAhead = new TreeMap<>();
    private boolean greeted;
    private boolean over;

    ScriptedSession(ScriptedServer server, Connection connection, String id) {
        this.server = server;
        this.connection = connection;
        this.id = id;
    }

    @Override
    public void received(List<ClientFrame> frames) {
        server.packets++;
        for (ClientFrame frame : frames) {
            if (!over) {
                server.received.add(frame);
                handle(frame);
            }
        }
    }

    private void handle(ClientFrame frame) {
        if (frame instanceof ClientFrame.Hello hello) {
            hello(hello);
        } else if (frame instanceof ClientFrame.Ack ack) {
            ack(ack);
        } else if (frame instanceof ClientFrame.Request request) {
            request(request);
        }
    }

    private void hello(ClientFrame.Hello hello) {
        if (server.lateHellos > 0) {
            server.lateHellos--;
            end(new CloseReason(CloseReason.UNAUTHENTICATED, "no token in time"));
            return;
        }
        Status refused = server.refusal.apply(hello);
        if (refused != null) {
            reply(hello, refused, null);
            return;
        }
        if (!server.goodToken.test(String.valueOf(hello.token()))) {
            reply(hello, Status.of(401, "the token is not good"), null);
            end(new CloseReason(CloseReason.UNAUTHENTICATED, "the token is not good"));
            return;
        }
        if (!greeted) {
            greeted = true;
            boolean resumed =
                    server.resumes && (hello.epoch() == null || hello.epoch().equals(server.epoch));
            if (resumed) {
                hello.resume().forEach(p -> resume(ConversationId.parse(p.conversation()), p.seq()));
            }
            welcome(resumed);
        }
        reply(hello, Status.OK, null);
        server.greeted(this);
        pump();
    }

    private void resume(ConversationId conversation, long seq) {
        sent.put(conversation, seq);
        acked.put(conversation, seq);
        server.floors.merge(conversation, seq, Math::max);
    }

    private void welcome(boolean resumed) {
        write(new ServerFrame.Welcome(
                id,
                "alice",
                "phone",
                server.runtime.currentTimeMillis(),
                server.heartbeatMillis,
                server.window,
                new ServerFrame.Limits(1 << 20, server.maxBodyBytes, 200),
                resumed,
                server.epoch));
    }

    private void ack(ClientFrame.Ack ack) {
        for (ClientFrame.Position position : ack.positions()) {
            ConversationId conversation = ConversationId.parse(position.conversation());
            if (position.seq() > sent(conversation)) {
                throw new AssertionError(
                        "ack of " + position + ", which was never sent; " + sent(conversation) + " was");
            }
            acked.merge(conversation, position.seq(), Math::max);
            server.floors.merge(conversation, position.seq(), Math::max);
        }
        for (ClientFrame.Nack nack : ack.nacks()) {
            ConversationId conversation = ConversationId.parse(nack.conversation());
            server.runtime.schedule(Duration.ofMillis(200), () -> {
                sent.put(conversation, nack.seq() - 1);
                pump();
            });
        }
        pump();
    }

    private void request(ClientFrame.Request request) {
        Status refused = server.refusal.apply(request);
        if (refused != null) {
            reply(request, refused, null);
        } else if (request instanceof ClientFrame.Send send) {
            send(send);
        } else {
            reply(request, Status.OK, ScriptedResults.of(server, request));
        }
    }

    private void send(ClientFrame.Send send) {
        ConversationId conversation = send.conversation().startsWith("user:")
                ? ConversationId.direct(
                        ScriptedServer.ALICE, UserId.of(send.conversation().substring(5)))
                : ConversationId.parse(send.conversation());
        long before = server.log.head(conversation);
        Message message = server.log.append(
                conversation,
                ScriptedServer.ALICE,
                ClientMessageId.of(send.clientMessageId()),
                Content.text(String.valueOf(send.body().text())),
                server.runtime.currentTimeMillis());
        long seq = message.seq();
        reply(send, Status.OK, new Result.Send(conversation, seq, message.sentAt(), seq <= before));
        if (seq == sent(conversation) + 1) {
            sent.put(conversation, seq);
        } else if (seq > sent(conversation)) {
            ownAhead.computeIfAbsent(conversation, c -> new HashSet<>()).add(seq);
        }
        pump();
    }

    /** Writes what the window lets through. */
    void pump() {
        if (!greeted || over) {
            return;
        }
        for (ConversationId conversation : server.log.conversations()) {
            pump(conversation);
        }
    }

    private void pump(ConversationId conversation) {
        List<Message> log = server.log.of(conversation);
        List<Message> frame = new ArrayList<>();
        while (sent(conversation) < log.size() && unacked() < server.window) {
            Message next = log.get((int) sent(conversation));
            sent.put(conversation, next.seq());
            if (!ownAhead.computeIfAbsent(conversation, c -> new HashSet<>()).remove(next.seq())) {
                frame.add(next);
            }
            if (frame.size() == server.messagesPerFrame) {
                write(new ServerFrame.Deliver(conversation, frame));
                frame = new ArrayList<>();
            }
        }
        if (!frame.isEmpty()) {
            write(new ServerFrame.Deliver(conversation, frame));
        }
    }

    void jumpTo(ConversationId conversation, long seq) {
        sent.put(conversation, seq);
    }

    private long sent(ConversationId conversation) {
        return sent.computeIfAbsent(conversation, this::start);
    }

    private long start(ConversationId conversation) {
        return server.floors.getOrDefault(conversation, server.firstFloor);
    }

    private long unacked() {
        long unacked = 0;
        for (Map.Entry<ConversationId, Long> entry : sent.entrySet()) {
            unacked += entry.getValue() - acked.computeIfAbsent(entry.getKey(), this::start);
        }
        return unacked;
    }

    private void reply(ClientFrame.Request request, Status status, @Nullable Result result) {
        if (!server.unanswered.test(request)) {
            write(new ServerFrame.Reply(request.requestId(), status, result));
        }
    }

    void write(ServerFrame frame) {
        connection.write(List.of(connection.encoder().encode(frame)), ok -> {});
    }

    void end(CloseReason reason) {
        over = true;
        connection.close(reason);
        server.ended(this);
    }

    @Override
    public void malformed(CloseReason reason) {
        throw new AssertionError("nothing is malformed in memory");
    }

    @Override
    public void activity() {}

    @Override
    public void closed(CloseReason reason) {
        over = true;
        server.ended(this);
    }
}
