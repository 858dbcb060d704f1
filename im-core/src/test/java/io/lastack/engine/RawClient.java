package io.lastack.engine;

import io.lastack.client.Connector;
import io.lastack.log.Message;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A client that does exactly what a test tells it, and remembers what came. */
final class RawClient implements Connector.Listener {
    final String user;
    final String device;
    final List<ServerFrame> frames = new ArrayList<>();
    final List<Integer> packetSizes = new ArrayList<>();
    Connector.Link link;
    CloseReason closed;
    boolean acksAtOnce;
    Runnable whenReceived = () -> {};
    int ackFrames;
    private long requestId;

    RawClient(String user, String device) {
        this.user = user;
        this.device = device;
    }

    @Override
    public void opened(Connector.Link opened) {
        link = opened;
    }

    @Override
    public void received(List<ServerFrame> packet) {
        frames.addAll(packet);
        packetSizes.add(packet.size());
        if (acksAtOnce) {
            ackAll(packet);
        }
        whenReceived.run();
    }

    @Override
    public void closed(CloseReason reason) {
        closed = reason;
    }

    private void ackAll(List<ServerFrame> packet) {
        List<ClientFrame.Position> positions = new ArrayList<>();
        for (ServerFrame frame : packet) {
            if (frame instanceof ServerFrame.Deliver deliver) {
                List<Message> messages = deliver.messages();
                positions.add(new ClientFrame.Position(
                        deliver.conversation().value(),
                        messages.get(messages.size() - 1).seq()));
            } else if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Send sent) {
                positions.add(new ClientFrame.Position(sent.conversation().value(), sent.seq()));
            }
        }
        if (!positions.isEmpty()) {
            ackFrames++;
            write(new ClientFrame.Ack(positions, List.of()));
        }
    }

    void write(ClientFrame... packet) {
        link.write(List.of(packet));
    }

    long hello(ClientFrame.Position... resume) {
        write(new ClientFrame.Hello(++requestId, user, device, List.of(resume), "test", null));
        return requestId;
    }

    long send(String conversation, String clientMessageId, String text) {
        write(sendFrame(conversation, clientMessageId, text));
        return requestId;
    }

    ClientFrame.Send sendFrame(String conversation, String clientMessageId, String text) {
        return new ClientFrame.Send(
                ++requestId, conversation, clientMessageId, "text", Body.of(text), Map.of(), 0, List.of());
    }

    long request(java.util.function.LongFunction<ClientFrame> frame) {
        write(frame.apply(++requestId));
        return requestId;
    }

    void ack(String conversation, long seq) {
        ackFrames++;
        write(new ClientFrame.Ack(List.of(new ClientFrame.Position(conversation, seq)), List.of()));
    }

    void nack(String conversation, long seq) {
        write(new ClientFrame.Ack(List.of(), List.of(new ClientFrame.Nack(conversation, seq, "cannot"))));
    }

    boolean hasReply(long id) {
        return all(ServerFrame.Reply.class).stream().anyMatch(reply -> reply.requestId() == id);
    }

    ServerFrame.Reply reply(long id) {
        return frames.stream()
                .filter(f -> f instanceof ServerFrame.Reply r && r.requestId() == id)
                .map(ServerFrame.Reply.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no reply to " + id + " among " + frames));
    }

    <F extends ServerFrame> List<F> all(Class<F> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Message> delivered(String conversation) {
        return all(ServerFrame.Deliver.class).stream()
                .filter(d -> d.conversation().value().equals(conversation))
                .flatMap(d -> d.messages().stream())
                .toList();
    }

    List<Long> seqs(String conversation) {
        return delivered(conversation).stream().map(Message::seq).toList();
    }

    boolean saw(Predicate<ServerFrame> what) {
        return frames.stream().anyMatch(what);
    }
}
