package io.lastack.examples.bench;

import io.lastack.examples.bench.wire.Link;
import io.lastack.examples.bench.wire.LinkEvents;
import io.lastack.examples.bench.wire.MessageName;
import io.lastack.examples.bench.wire.OutgoingPacket;
import io.lastack.examples.bench.wire.PacketEvents;
import io.lastack.examples.bench.wire.PacketReader;
import io.lastack.session.ClientFrame;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One connected device, in one conversation: checks all that comes, acknowledges once per turn, and sends if it has a
 * {@link Sender}. Used on the thread of its connection.
 */
final class Device implements LinkEvents, PacketEvents {
    /** Requests that are no sends have ids from here on; sends have those below. */
    private static final long FIRST_REQUEST = 9_000_000_000L;

    private final String user;
    private final Chat chat;
    private final Place place;
    private final PacketReader reader;
    private final OutgoingPacket outgoing;
    private final Turn turn;
    private final Meter meter;
    private final Faults faults;
    private final Names toAcknowledge = new Names();
    private final Map<Long, CompletableFuture<Long>> requests = new HashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private long[] nextFrom = {};
    private @Nullable Sender sender;
    private @Nullable Link link;
    private long acknowledged;
    private long ackFrames;
    private long nowNanos;
    private boolean inTurn;
    private boolean leaving;

    Device(String user, Chat chat, Place place, Stage stage) {
        this.user = user;
        this.chat = chat;
        this.place = place;
        this.reader = stage.reader();
        this.outgoing = new OutgoingPacket(stage.codec());
        this.turn = stage.turn();
        this.meter = stage.meter();
        this.faults = stage.faults();
    }

    String user() {
        return user;
    }

    /** Completes when the server said welcome. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    void sendsAs(Sender newSender) {
        sender = newSender;
    }

    /** The first message from a sender that was not had on an earlier connection; the very first by default. */
    void expectFrom(int from, long number) {
        nextFrom = java.util.Arrays.copyOf(nextFrom, Math.max(nextFrom.length, from + 1));
        nextFrom[from] = number;
    }

    Place place() {
        return place;
    }

    Chat chat() {
        return chat;
    }

    long ackFrames() {
        return ackFrames;
    }

    // ---- saying

    /** Appends a frame to the packet that leaves at the end of the turn. */
    void say(Consumer<ByteBuf> frame) {
        frame.accept(outgoing.next());
        joinTurn();
    }

    /** @return the seq of the reply, if it is a good one */
    CompletableFuture<Long> request(LongFunction<ClientFrame> frame) {
        long id = FIRST_REQUEST + requests.size();
        CompletableFuture<Long> answer = new CompletableFuture<>();
        requests.put(id, answer);
        outgoing.add(frame.apply(id));
        joinTurn();
        return answer;
    }

    private void joinTurn() {
        if (!inTurn) {
            inTurn = true;
            turn.add(this);
        }
    }

    void acknowledge() {
        if (place.floor() > acknowledged) {
            acknowledged = place.floor();
            ackFrames++;
            chat.ack().write(outgoing.next(), acknowledged);
        }
        toAcknowledge.drain(
                name -> chat.senders().get(MessageName.sender(name)).acknowledged(MessageName.number(name)));
    }

    void flush() {
        inTurn = false;
        ByteBuf packet = outgoing.take();
        if (packet == null) {
            return;
        }
        if (link == null) {
            packet.release();
            fault("had something to say before it was connected");
        } else {
            link.send(packet);
        }
    }

    void leave() {
        leaving = true;
        if (link != null) {
            link.close();
        }
    }

    // ---- hearing

    @Override
    public void opened(Link opened) {
        link = opened;
    }

    @Override
    public void packet(byte[] packet, int length) {
        nowNanos = System.nanoTime();
        try {
            reader.read(packet, length, chat.bytes(), this);
        } catch (IOException | IndexOutOfBoundsException e) {
            fault("sent a packet that cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void closed(String why) {
        if (!leaving) {
            fault("was disconnected: " + why);
            ready.completeExceptionally(new IOException(user + " was disconnected: " + why));
        }
    }

    @Override
    public void welcomed() {
        ready.complete(null);
    }

    @Override
    public void replied(long requestId, int code, long seq) {
        CompletableFuture<Long> request = requests.get(requestId);
        if (request != null && code == 200) {
            request.complete(seq);
        } else if (request != null) {
            request.completeExceptionally(new IOException(user + " was answered " + code));
        } else if (code != 200) {
            fault("was answered " + code + " to a send");
        } else {
            confirmed(requestId, seq);
        }
    }

    private void confirmed(long requestId, long seq) {
        if (sender == null || requestId < 1 || requestId > sender.sent()) {
            fault("was answered to what it did not ask");
            return;
        }
        check(place.confirmed(seq));
        sender.confirmed(requestId, nowNanos);
        joinTurn();
    }

    @Override
    public void delivered(boolean here, long seq, long name, int bodyBytes) {
        if (!here) {
            fault("got an entry of another conversation");
            return;
        }
        check(place.delivered(seq));
        joinTurn();
        if (name >= 0) {
            message(seq, MessageName.sender(name), MessageName.number(name), bodyBytes);
            toAcknowledge.add(name);
        } else if (seq > chat.seqsBefore()) {
            fault("got seq " + seq + " without the message that was sent");
        }
    }

    private void message(long seq, int from, long number, int bodyBytes) {
        if (nextFrom.length < chat.senders().size()) {
            nextFrom = java.util.Arrays.copyOf(nextFrom, chat.senders().size());
        }
        Sender author = chat.senders().get(from);
        if (author.isOf(this)) {
            fault("got its own message at seq " + seq);
        }
        if (number != nextFrom[from]) {
            fault("got message " + number + " of sender " + from + " instead of " + nextFrom[from]);
        }
        if (bodyBytes != chat.bodyBytes()) {
            fault("got a body of " + bodyBytes + " bytes");
        }
        nextFrom[from] = number + 1;
        meter.delivered(author.sentNanos(number), nowNanos);
    }

    @Override
    public void trouble(String what) {
        if (!leaving) {
            fault("was told " + what);
        }
    }

    private void check(@Nullable String problem) {
        if (problem != null) {
            fault(problem);
        }
    }

    private void fault(String what) {
        faults.add(user + ": " + what);
    }
}
