package io.lastack.transport.tyrus.netty;

import org.jspecify.annotations.Nullable;

/**
 * The frames of one connection that wait for the write in flight, in order, bounded in bytes. Any thread offers; one
 * thread at a time takes.
 *
 * <p>States: open, then closing (the close frame has been accepted, or will be the only thing that is), then closed.
 */
final class OutboundQueue {

    /** What became of an offer. */
    enum Offer {
        /** Accepted; a write is in flight or about to be, and will be followed by another. */
        QUEUED,
        /** Accepted; the caller must see to it that {@link #take} is called. */
        QUEUED_FIRST,
        /** Refused, and the first time so: the frame does not fit under the bound. The queue is closing now. */
        OVERFLOWN,
        /** Refused: the queue is closing or closed. */
        REFUSED
    }

    private final long bound;
    private @Nullable Outgoing first;
    private @Nullable Outgoing last;
    private long pending;
    private boolean writing;
    private boolean closing;
    private boolean closeAccepted;
    private boolean closed;

    /** A queue for at most {@code bound} bytes, those in flight included. */
    OutboundQueue(long bound) {
        this.bound = bound;
    }

    /** Appends a frame. Once closing, takes nothing but one close frame, and that whatever the bound. */
    synchronized Offer offer(Outgoing frame) {
        if (closed || closeAccepted || (closing && !frame.isClose())) {
            return Offer.REFUSED;
        }
        if (frame.isClose()) {
            closing = true;
            closeAccepted = true;
        } else if (pending + frame.weight() > bound) {
            closing = true;
            return Offer.OVERFLOWN;
        }
        append(frame);
        if (writing) {
            return Offer.QUEUED;
        }
        writing = true;
        return Offer.QUEUED_FIRST;
    }

    private void append(Outgoing frame) {
        pending += frame.weight();
        if (last == null) {
            first = frame;
        } else {
            last.next = frame;
        }
        last = frame;
    }

    /**
     * Takes frames from the front for one write: as many as fit into {@code size} bytes, but one at least.
     *
     * @return the first of a list, or null if nothing waits
     */
    synchronized @Nullable Outgoing take(int size) {
        var head = first;
        if (head == null) {
            writing = false;
            return null;
        }
        var end = head;
        long sum = end.size();
        while (end.next != null && sum + end.next.size() <= size) {
            end = end.next;
            sum += end.size();
        }
        first = end.next;
        if (first == null) {
            last = null;
        }
        end.next = null;
        return head;
    }

    /**
     * Settles a write: these frames are out of the way, written or failed.
     *
     * @return whether more frames wait; if so {@link #take} must follow
     */
    synchronized boolean settle(long weight) {
        pending -= weight;
        writing = first != null;
        return writing;
    }

    /** Accepts nothing more but a close frame; what waits is still written. */
    synchronized void closing() {
        closing = true;
    }

    /** Drops what waits, without closing. */
    synchronized @Nullable Outgoing drop() {
        var dropped = first;
        for (var frame = dropped; frame != null; frame = frame.next) {
            pending -= frame.weight();
        }
        first = null;
        last = null;
        return dropped;
    }

    /** Closes, and drops what waits. */
    synchronized @Nullable Outgoing close() {
        closing = true;
        closed = true;
        return drop();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    synchronized boolean isCloseAccepted() {
        return closeAccepted;
    }

    /** Whether all that was accepted is out, and nothing more will be accepted. */
    synchronized boolean isFinished() {
        return closing && !writing;
    }

    /** The weight of what waits and what is in flight. */
    synchronized long pending() {
        return pending;
    }
}
