package io.lastack.internal.session;

import io.lastack.internal.fanout.TailEntry;
import io.lastack.internal.timer.TimerWheel;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.session.EncodedFrame;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the messages of one session, each the next of its conversation, and accounts for them in the window until they are
 * acknowledged or taken back. Guarded by the {@link Pump}, which says when.
 */
final class MessageWriter {
    static final int MAX_FRAME_BYTES = 64 << 10;
    /** What a message takes on the wire besides its payload, about. */
    private static final int ENVELOPE_BYTES = 64;

    final Window window;
    private final Outbound outbound;
    private final TimerWheel wheel;
    private final OwnMessages own = new OwnMessages();
    private final Unanswered unanswered = new Unanswered();
    private long delivered;
    /** The size of what last found no room, until something does. */
    private int wanting;

    MessageWriter(Outbound outbound, TimerWheel wheel, EngineOptions options) {
        this.window = new Window(options.window(), options.windowBytes());
        this.outbound = outbound;
        this.wheel = wheel;
    }

    /** Messages written, repeats included. */
    long delivered() {
        return delivered;
    }

    /** A conversation whose last delivery failed gets one message at a time, until one is taken. */
    boolean mayPush(Watch watch) {
        return window.isOpen()
                && !watch.paused
                && !watch.held
                && !watch.awaitsReply
                && (watch.failures == 0 || watch.unacked() == 0)
                && outbound.hasRoom(Math.max(ENVELOPE_BYTES, wanting));
    }

    /** @return false if there is no room for it, or it will come by its reply; it waits in the log */
    boolean push(Watch watch, TailEntry entry) {
        if (own.take(watch.key.conversation(), entry.seq())) {
            sent(watch, entry.seq(), 0);
            return true;
        }
        if (comesByReply(watch, entry.message())) {
            return false;
        }
        EncodedFrame frame = entry.frame(outbound.encoder());
        if (!queued(frame)) {
            return false;
        }
        delivered++;
        sent(watch, entry.seq(), frame.size());
        return true;
    }

    /** Writes as many messages of a page as may be pushed, joined to frames. */
    void pushPage(Watch watch, List<Message> messages) {
        List<Message> frame = new ArrayList<>();
        int frameBytes = 0;
        for (Message message : messages) {
            if (message.seq() <= watch.sent) {
                continue;
            }
            int size = message.content().payload().size() + ENVELOPE_BYTES;
            if (message.seq() != watch.sent + 1 || message.seq() > watch.lastSeq || !mayPush(watch)) {
                break;
            }
            if (frameBytes > 0 && !outbound.hasRoom(frameBytes + size)) {
                break;
            }
            if (own.take(watch.key.conversation(), message.seq())) {
                sent(watch, message.seq(), 0);
                continue;
            }
            if (comesByReply(watch, message)) {
                break;
            }
            sent(watch, message.seq(), size);
            frame.add(message);
            frameBytes += size;
            if (frameBytes >= MAX_FRAME_BYTES) {
                if (!offer(watch, frame)) {
                    return;
                }
                frame = new ArrayList<>();
                frameBytes = 0;
            }
        }
        if (!frame.isEmpty()) {
            offer(watch, frame);
        }
    }

    /** Nothing more of the conversation is written before the reply, if so. */
    private boolean comesByReply(Watch watch, Message message) {
        watch.awaitsReply = message.sender().equals(watch.key.user()) && unanswered.contains(message);
        return watch.awaitsReply;
    }

    /** What finds no room is not sent: it waits in the log. */
    private boolean offer(Watch watch, List<Message> frame) {
        if (!queued(outbound.encoder().encode(new ServerFrame.Deliver(watch.key.conversation(), frame)))) {
            takeBack(watch, frame.get(0).seq());
            return false;
        }
        delivered += frame.size();
        return true;
    }

    /** Queues a frame if there is room. */
    private boolean queued(EncodedFrame frame) {
        boolean found = outbound.hasRoom(frame.size()) && outbound.offer(frame);
        wanting = found ? 0 : frame.size();
        return found;
    }

    /** Tells that the messages up to here are gone. */
    void skip(Watch watch, long to) {
        outbound.add(new ServerFrame.Skipped(watch.key.conversation(), watch.sent + 1, to, "retention"));
        beginProgress(watch);
        watch.inFlight.addSkipped(to - watch.sent, window);
        own.forget(watch.key.conversation(), to);
        watch.sentTo(to);
    }

    /** The client sends a message, and waits for the reply. */
    void awaitsReply(Draft draft) {
        unanswered.add(draft);
    }

    /** The reply to a message is written, whatever it says. */
    void answered(Draft draft) {
        unanswered.remove(draft);
    }

    /** The client has the next message of a conversation by the reply to it. */
    void hasByReply(Watch watch, long seq) {
        sent(watch, seq, 0);
    }

    /** The client has its own messages that come next, and may have acknowledged them. */
    void passOwn(Watch watch) {
        while (watch.sent < watch.lastSeq && own.take(watch.key.conversation(), watch.sent + 1)) {
            sent(watch, watch.sent + 1, 0);
        }
    }

    /** Whether the client has messages of a conversation that is not watched yet; it is asked again for their ack. */
    boolean hasOwn(String conversation) {
        return own.has(conversation);
    }

    /** The client will have a message by the reply to it, before the messages below it. */
    void hasAhead(ConversationId conversation, long seq) {
        own.add(conversation, seq);
    }

    /** The client has everything up to {@code floor}; {@code before} was the floor until now. */
    void acknowledged(Watch watch, long before, long floor) {
        long bytes = window.bytes();
        watch.inFlight.releaseOldest(Math.min(floor, watch.sent) - before, window);
        window.grow(bytes - window.bytes());
        if (floor > watch.sent) {
            watch.sent = floor;
            watch.awaitsReply = false;
        }
        watch.maxSent = Math.max(watch.maxSent, floor);
        own.forget(watch.key.conversation(), floor);
    }

    /** The messages from {@code seq} on are to be written once more. */
    void takeBack(Watch watch, long seq) {
        watch.inFlight.releaseNewest(watch.sent - (seq - 1), window);
        watch.sent = seq - 1;
        watch.awaitsReply = false;
    }

    /** What is below the place where a watch starts will not be written. */
    void begin(Watch watch) {
        own.forget(watch.key.conversation(), watch.sent);
    }

    /** The watch is over: what it has in flight does not count any more. */
    void end(Watch watch) {
        watch.inFlight.releaseAll(window);
    }

    private void sent(Watch watch, long seq, int size) {
        beginProgress(watch);
        watch.inFlight.add(size, window);
        watch.sentTo(seq);
    }

    private void beginProgress(Watch watch) {
        if (watch.inFlight.isEmpty()) {
            watch.progressNanos = wheel.nanoTime();
        }
    }
}
