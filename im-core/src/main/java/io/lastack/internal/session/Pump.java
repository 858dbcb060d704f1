package io.lastack.internal.session;

import io.lastack.internal.fanout.TailEntry;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.timer.TimerWheel;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.session.EncodedFrame;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.LogPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one session: decides which may be written now, and keeps each conversation in order. Live traffic goes
 * straight through while a conversation is level and the window is open; otherwise the conversation is marked behind, and
 * is read from the tail or the log as acknowledgements open the window. A slow consumer costs a number per conversation,
 * not a queue. Thread-safe; no call out while the lock is held, but to the encoder.
 */
final class Pump implements LogReader.Arrivals {
    private static final int MAX_BACKOFF_DOUBLINGS = 5;

    private final EngineOptions options;
    private final TimerWheel wheel;
    private final Outbound outbound;
    private final PumpEvents events;
    private final LogReader reader;
    private final Map<String, Watch> watches = new HashMap<>();
    private final ArrayDeque<Watch> behind = new ArrayDeque<>(0);
    private final MessageWriter writer;
    private final Window window;
    private boolean closed;

    Pump(SessionServices services, Outbound outbound, PumpEvents events) {
        this.options = services.options();
        this.writer = new MessageWriter(outbound, services.wheel(), options);
        this.window = writer.window;
        this.wheel = services.wheel();
        this.outbound = outbound;
        this.events = events;
        this.reader = new LogReader(services.store().log(), services.runtime(), services.blocking(), this);
    }

    /** Puts a watch in the place of {@code older}. @return false if another one has that place by now */
    synchronized boolean replace(@Nullable Watch older, Watch watch) {
        String conversation = watch.key.conversation().value();
        if (watches.get(conversation) != older) {
            return false;
        }
        watches.put(conversation, watch);
        writer.begin(watch);
        if (older != null) {
            forget(older);
        }
        return true;
    }

    /** Messages queued for the client, repeats included. */
    synchronized long delivered() {
        return writer.delivered();
    }

    /** How many conversations are watched. */
    synchronized int size() {
        return watches.size();
    }

    /** Nothing more of a conversation is sent until {@link #release}. */
    synchronized void hold(ConversationId conversation) {
        Watch watch = watches.get(conversation.value());
        if (watch != null) {
            watch.held = true;
        }
    }

    /** The membership is known now. */
    synchronized void release(Watch watch) {
        watch.held = false;
        writer.passOwn(watch);
        long ahead = watch.acknowledged(watch.ackedAhead);
        watch.ackedAhead = 0;
        if (ahead <= watch.maxSent) {
            acknowledge(watch, ahead);
        }
        lowerToEntitlement(watch);
        enqueueIfBehind(watch);
    }

    /** The store took no floor above what the member may see: it gets the highest that it takes. */
    synchronized void floorRefused(ConversationId conversation) {
        Watch watch = watches.get(conversation.value());
        if (watch != null && !watch.held) {
            lowerToEntitlement(watch);
        }
    }

    private void lowerToEntitlement(Watch watch) {
        if (watch.cursor.lastAck() > watch.lastSeq) {
            events.floorMoved(watch.key, watch.lastSeq, watch.lastSeq);
        }
    }

    synchronized @Nullable Watch find(String conversation) {
        return watches.get(conversation);
    }

    @Nullable
    Watch find(ConversationId conversation) {
        return find(conversation.value());
    }

    synchronized Collection<Watch> close() {
        closed = true;
        behind.clear();
        return new ArrayList<>(watches.values());
    }

    void membershipChanged(ConversationId conversation) {
        events.membershipChanged(conversation);
    }

    /** Dropped where frames wait already: signals are worth something only at once. */
    void signal(ServerFrame.Signal signal, Touched.@Nullable Flushable from, Touched touched) {
        if (from != events && outbound.waitingBytes() < MessageWriter.MAX_FRAME_BYTES) {
            outbound.add(signal);
            touched.add(events);
        }
    }

    // ---- messages coming in from the log

    void offer(Watch watch, TailEntry entry, Touched touched) {
        synchronized (this) {
            if (closed) {
                return;
            }
            watch.head = Math.max(watch.head, entry.seq());
            if (entry.seq() == watch.sent + 1
                    && entry.seq() <= watch.lastSeq
                    && writer.mayPush(watch)
                    && writer.push(watch, entry)) {
                touched.add(events);
                return;
            }
            enqueueIfBehind(watch);
            if (watch.reading || watch.paused || watch.held || watch.awaitsReply || !window.isOpen()) {
                return;
            }
        }
        touched.add(events);
    }

    void heard(Watch watch, long head, Touched touched) {
        synchronized (this) {
            watch.head = Math.max(watch.head, head);
            if (closed || !watch.isBehind()) {
                return;
            }
            enqueueIfBehind(watch);
        }
        touched.add(events);
    }

    /**
     * This connection's own message was appended, and its reply is written: that reply is the delivery. It does not tell of
     * the messages below it: another node may have appended them, the removal of this member among them.
     *
     * @param reply the encoded reply, queued in the same step, so that no later seq can be written before it
     */
    synchronized void ownAppended(Draft draft, long seq, EncodedFrame reply) {
        outbound.add(reply);
        Watch watch = watches.get(draft.conversation().value());
        if (!closed && (watch == null || seq > watch.sent)) {
            if (watch != null && seq == watch.sent + 1 && seq <= watch.lastSeq && !watch.paused && !watch.held) {
                writer.hasByReply(watch, seq);
            } else {
                writer.hasAhead(draft.conversation(), seq);
            }
        }
        answered(draft);
    }

    /** Until it is {@linkplain #answered answered}, this connection's own message is not delivered to it. */
    synchronized void awaitReply(Draft draft) {
        writer.awaitsReply(draft);
    }

    /** The reply is written: what became of the message is known, or will not be; if it is in the log, it is delivered. */
    synchronized void answered(Draft draft) {
        writer.answered(draft);
        Watch watch = watches.get(draft.conversation().value());
        if (watch != null && watch.awaitsReply) {
            watch.awaitsReply = false;
            enqueueIfBehind(watch);
        }
    }

    private void enqueueIfBehind(Watch watch) {
        boolean may = !watch.paused && !watch.held && !watch.awaitsReply;
        if (may && !watch.queued && !watch.reading && watch.isBehind()) {
            watch.queued = true;
            behind.add(watch);
        }
    }

    /** Pushes what may be pushed, from the tails; asks the reader for the rest. */
    void pump() {
        List<LogReader.Want> wanted;
        int bytes;
        synchronized (this) {
            if (closed || behind.isEmpty()) {
                return;
            }
            wanted = takeFromTails();
            bytes = window.freeBytes();
        }
        if (!wanted.isEmpty()) {
            reader.read(wanted, bytes);
        }
    }

    private List<LogReader.Want> takeFromTails() {
        List<LogReader.Want> wanted = new ArrayList<>();
        for (int n = behind.size(); n > 0 && window.isOpen(); n--) {
            Watch watch = behind.remove();
            watch.queued = false;
            pushFromTail(watch);
            if (!watch.isBehind() || !writer.mayPush(watch) || !mayRead(wanted)) {
                enqueueIfBehind(watch);
            } else {
                watch.reading = true;
                wanted.add(want(watch, n));
            }
        }
        return wanted;
    }

    private boolean mayRead(List<LogReader.Want> wanted) {
        return wanted.isEmpty() ? reader.acquire() : wanted.size() < LogReader.MAX_WANTS;
    }

    private void pushFromTail(Watch watch) {
        if (watch.topic == null || !writer.mayPush(watch)) {
            return;
        }
        int limit = watch.failures > 0 ? 1 : (int) window.free();
        for (TailEntry entry : watch.topic.from(watch.sent + 1, limit)) {
            if (entry.seq() != watch.sent + 1 || entry.seq() > watch.lastSeq || !writer.mayPush(watch)) {
                return;
            }
            watch.head = Math.max(watch.head, entry.seq());
            if (!writer.push(watch, entry)) {
                return;
            }
        }
    }

    /** The free part of the window is shared by the conversations that wait. */
    private LogReader.Want want(Watch watch, int waiting) {
        long share = watch.failures > 0 ? 1 : Math.max(1, window.free() / Math.min(waiting, LogReader.MAX_WANTS));
        long last = Math.min(watch.visibleHead(), watch.sent + share);
        return new LogReader.Want(watch, watch.sent + 1, last);
    }

    @Override
    public void done() {
        events.flush();
    }

    @Override
    public void arrived(LogReader.Want want, @Nullable LogPage page) {
        synchronized (this) {
            Watch watch = want.watch();
            if (closed || watches.get(watch.key.conversation().value()) != watch) {
                return;
            }
            if (page != null) {
                skipTrimmed(watch, page.trimmedThrough());
                writer.pushPage(watch, page.messages());
                if (page.messages().isEmpty() && page.trimmedThrough() < want.first() && watch.sent < want.first()) {
                    readAgainLater(watch);
                    return;
                }
                watch.emptyPages = 0;
            }
            watch.reading = false;
            enqueueIfBehind(watch);
        }
    }

    /** The log does not show yet what it is known to have: what is read lags behind, and nobody will tell once it does not. */
    private void readAgainLater(Watch watch) {
        int doublings = Math.min(watch.emptyPages++, MAX_BACKOFF_DOUBLINGS);
        wheel.schedule(LogReader.PAUSE.multipliedBy(1L << doublings), () -> {
            synchronized (this) {
                watch.reading = false;
                if (!closed && watches.get(watch.key.conversation().value()) == watch) {
                    enqueueIfBehind(watch);
                }
            }
            events.flush();
        });
    }

    private void skipTrimmed(Watch watch, long trimmedThrough) {
        long to = Math.min(trimmedThrough, watch.visibleHead());
        if (to > watch.sent && !watch.paused && !watch.held) {
            writer.skip(watch, to);
        }
    }

    // ---- acknowledgements

    /** @return null if the position could be applied (or was old), or why not */
    synchronized @Nullable String ack(String conversation, long seq) {
        Watch watch = watches.get(conversation);
        if (watch == null) {
            return writer.hasOwn(conversation) ? null : "ack of a conversation that this user does not have";
        }
        long known = watch.acknowledged(seq);
        if (known > watch.maxSent && watch.held) {
            watch.ackedAhead = Math.max(watch.ackedAhead, seq);
            return null;
        }
        if (known > watch.maxSent) {
            writer.passOwn(watch);
        }
        if (known < 0 || known > watch.maxSent) {
            return "ack of seq " + seq + ", which was never sent; 1 to " + watch.maxSent + " are allowed";
        }
        acknowledge(watch, known);
        return null;
    }

    /** The device has everything up to {@code seq}, whoever sent it: the floor moves, and the window opens. */
    void acknowledge(Watch watch, long seq) {
        long before = watch.cursor.lastAck();
        if (seq <= before || closed) {
            return;
        }
        watch.cursor.ackedThrough(seq);
        long floor = watch.cursor.lastAck();
        writer.acknowledged(watch, before, floor);
        watch.failures = 0;
        watch.progressNanos = wheel.nanoTime();
        events.floorMoved(watch.key, before, floor);
        enqueueIfBehind(watch);
    }

    /** @return null if the refusal could be applied (or was old), or why not */
    @Nullable
    String nack(String conversation, long seq, String reason) {
        Redelivery hopeless;
        synchronized (this) {
            Watch watch = watches.get(conversation);
            if (watch == null) {
                return "nack of a conversation that this user does not have";
            }
            if (seq < 1 || seq > watch.maxSent) {
                return "nack of seq " + seq + ", which was never sent; 1 to " + watch.maxSent + " are allowed";
            }
            watch.cursor.failed(seq);
            hopeless = seq <= watch.cursor.lastAck() || seq > watch.sent ? null : failed(watch, seq, reason);
        }
        if (hopeless != null) {
            events.hopeless(hopeless);
        }
        return null;
    }

    /** Looks for messages that the device is silent about. */
    void checkAcks() {
        Redelivery hopeless = null;
        synchronized (this) {
            if (closed || window.isEmpty()) {
                return;
            }
            long now = wheel.nanoTime();
            for (Watch watch : watches.values()) {
                if (watch.unacked() > 0
                        && now - watch.progressNanos >= options.ackTimeout().toNanos()) {
                    Redelivery given = failed(watch, watch.cursor.lastAck() + 1, "not acknowledged in time");
                    hopeless = hopeless == null ? given : hopeless;
                }
            }
        }
        if (hopeless != null) {
            events.hopeless(hopeless);
        }
    }

    /** Goes back to the message before {@code seq}, and on from there after a pause. @return what to give up on, or null */
    private @Nullable Redelivery failed(Watch watch, long seq, String reason) {
        watch.failures++;
        if (watch.failures >= options.maxDeliveries()) {
            return new Redelivery(watch, seq, watch.failures, reason);
        }
        writer.takeBack(watch, seq);
        watch.progressNanos = wheel.nanoTime();
        watch.paused = true;
        int doublings = Math.min(watch.failures - 1, MAX_BACKOFF_DOUBLINGS);
        wheel.schedule(options.redeliveryBackoff().multipliedBy(1L << doublings), () -> resume(watch));
        return null;
    }

    private void resume(Watch watch) {
        synchronized (this) {
            watch.paused = false;
            enqueueIfBehind(watch);
        }
        events.flush();
    }

    private void forget(Watch watch) {
        writer.end(watch);
        behind.remove(watch);
    }
}
