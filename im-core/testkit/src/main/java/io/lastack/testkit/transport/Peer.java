package io.lastack.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.Connector;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that says what a test wants, and notes what a connector tells it, and whether that keeps to its order. */
final class Peer implements Connector.Listener, AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<Connector.Link> links = new LinkedBlockingQueue<>();
    private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final BlockingQueue<String> offences = new LinkedBlockingQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean open;
    private volatile boolean over;

    static Peer connect(Connector connector) {
        Peer peer = new Peer();
        connector.connect(peer);
        return peer;
    }

    /** Connected, and greeted as the user, whose name is the token. */
    static Peer greeted(Connector connector, String user) {
        Peer peer = connect(connector);
        peer.write(hello(user, user + "-1"));
        peer.next(ServerFrame.Welcome.class);
        peer.reply(1);
        return peer;
    }

    static ClientFrame hello(String token, String device) {
        return new ClientFrame.Hello(1, token, device, List.of(), null, null);
    }

    static ClientFrame message(long requestId, String user, String text) {
        return new ClientFrame.Send(
                requestId, "user:" + user, "m" + requestId, "text", Body.of(text), Map.of(), 0, List.of());
    }

    @Override
    public void opened(Connector.Link link) {
        step(!open && !over, "opened twice, or after the end");
        open = true;
        links.add(link);
    }

    @Override
    public void received(List<ServerFrame> received) {
        step(open && !over, "frames before the opening, or after the end");
        inside.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        frames.addAll(received);
        inside.decrementAndGet();
    }

    @Override
    public void closed(CloseReason reason) {
        step(!over, "closed twice");
        over = true;
        ends.add(reason);
    }

    private void step(boolean inOrder, String offence) {
        if (!inOrder) {
            offences.add(offence);
        }
        if (inside.get() != 0) {
            offences.add("two calls at the same time");
        }
    }

    /** From now on takes nothing, like a program that hangs. */
    void hang() {
        gate = new CountDownLatch(1);
    }

    void goOn() {
        gate.countDown();
    }

    void write(ClientFrame... packet) {
        link().write(List.of(packet));
    }

    Connector.Link link() {
        Connector.Link link = within(links);
        links.add(link);
        return link;
    }

    /** The next frame of the kind; others before it are passed over. */
    <T extends ServerFrame> T next(Class<T> kind) {
        while (true) {
            ServerFrame frame = within(frames);
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
        }
    }

    /** The reply to a request; other frames before it are passed over. */
    ServerFrame.Reply reply(long requestId) {
        ServerFrame.Reply reply = next(ServerFrame.Reply.class);
        while (reply.requestId() != requestId) {
            reply = next(ServerFrame.Reply.class);
        }
        return reply;
    }

    CloseReason end() {
        return within(ends);
    }

    private <T> T within(BlockingQueue<T> queue) {
        try {
            T element = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (element == null) {
                throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s; ends: " + ends);
            }
            return element;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Checks that the connector kept to its contract, and lets go. */
    @Override
    public void close() {
        goOn();
        if (!links.isEmpty()) {
            link().close();
        }
        assertThat(offences).as("calls out of order").isEmpty();
    }
}
