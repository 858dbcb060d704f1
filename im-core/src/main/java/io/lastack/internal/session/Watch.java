package io.lastack.internal.session;

import io.lastack.cursor.AckCursor;
import io.lastack.cursor.CursorKey;
import io.lastack.internal.fanout.TailEntry;
import io.lastack.internal.fanout.Topic;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.fanout.Watcher;
import io.lastack.log.Change.Role;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Member;
import io.lastack.spi.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of one session. What the device still needs is always the log after {@code sent}; nothing is queued
 * here. All fields are guarded by the {@link Pump}.
 *
 * <p>Invariant: {@code cursor.lastAck() <= sent <= maxSent}, and {@code inFlight} holds the seqs between the first two.
 */
final class Watch implements Watcher {
    final Pump pump;
    final CursorKey key;
    final AckCursor cursor;
    final InFlight inFlight = new InFlight();
    final long firstSeq;
    /** The head of the log when the membership was looked up. */
    final long knownThrough;
    /** Which look at the store the membership was found by; what an older one saw does not count any more. */
    long look;

    long lastSeq;
    Role role;
    /** Before then the user may not send; milliseconds since the epoch. */
    long mutedUntil;

    long head;
    long lastRead;
    /** The highest seq written to this connection without a gap; lowered when a message must be sent again. */
    long sent;
    /** The highest seq ever written to this connection; what is above it cannot be acknowledged. */
    long maxSent;
    /** When the floor moved last, or the first unacknowledged message was sent. */
    long progressNanos;
    /** How often in a row the device did not take the message after the floor. */
    int failures;

    boolean paused;
    /** The next message is this connection's own, and comes by the reply to it. */
    boolean awaitsReply;
    /** The membership may have changed and is being looked up: nothing is sent before that is known. */
    boolean held;

    /** The device has everything up to here, its own messages included, but whether all of it was sent is not known. */
    long ackedAhead;

    boolean queued;
    boolean reading;
    /** How often in a row the log did not show the message after {@code sent}. */
    int emptyPages;

    @Nullable
    Topic topic;

    Watch(Pump pump, CursorKey key, Subscription subscription, long start) {
        this.pump = pump;
        this.key = key;
        this.cursor = AckCursor.startingAt(start);
        this.firstSeq = subscription.firstSeq();
        this.lastSeq = subscription.lastSeq();
        this.role = subscription.role();
        this.mutedUntil = subscription.mutedUntil();
        this.head = subscription.head();
        this.knownThrough = subscription.head();
        this.lastRead = subscription.lastRead();
        this.sent = start;
        this.maxSent = start;
    }

    @Override
    public void offer(TailEntry entry, Touched touched) {
        pump.offer(this, entry, touched);
    }

    @Override
    public void heard(long newHead, Touched touched) {
        pump.heard(this, newHead, touched);
    }

    @Override
    public void signal(ServerFrame.Signal signal, Touched.@Nullable Flushable from, Touched touched) {
        if (isMember()) {
            pump.signal(signal, from, touched);
        }
    }

    @Override
    public void membershipChanged() {
        pump.membershipChanged(key.conversation());
    }

    @Override
    public UserId user() {
        return key.user();
    }

    @Override
    public void compare(@Nullable Member current, long known) {
        boolean same;
        synchronized (pump) {
            // Who joined only now was here before, and left in between; who is no member may have been one in between.
            same = current != null
                    && isMember()
                    && role == current.role()
                    && mutedUntil == current.mutedUntil()
                    && current.joinedSeq() <= known;
        }
        if (!same) {
            membershipChanged();
        }
    }

    /** The highest seq that exists and that the member may see. */
    long visibleHead() {
        return Math.min(head, lastSeq);
    }

    /** The highest seq that the member may ask for: no more than was sent, while the membership is being looked up. */
    long readableHead() {
        return held ? Math.min(sent, visibleHead()) : visibleHead();
    }

    boolean isBehind() {
        return sent < visibleHead();
    }

    boolean isMember() {
        return lastSeq == Long.MAX_VALUE;
    }

    long unacked() {
        return sent - cursor.lastAck();
    }

    void sentTo(long seq) {
        sent = seq;
        maxSent = Math.max(maxSent, seq);
    }

    /**
     * What an ack comes to: a former member may have a message of its own above what it may see, appended just after it had
     * left.
     */
    long acknowledged(long seq) {
        return Math.min(seq, lastSeq);
    }
}
