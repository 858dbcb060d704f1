package io.lastack.internal.session;

import io.lastack.internal.timer.TimerWheel;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.Connection;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames on their way to one connection: at most one write in flight; what gathers meanwhile leaves together as one
 * packet. Bounded in bytes; receipts keep only the newest of each member. Thread-safe; never calls the connection while
 * holding its lock.
 */
final class Outbound {
    private static final int MAX_PACKET_BYTES = 256 << 10;
    private static final int MAX_RECEIPTS = 4_096;
    /** Frames that may be lost fill so much of the bound at the most: messages and replies never fail for them. */
    private static final int DROPPABLE_SHARE = 8;

    private final Connection connection;
    private final TimerWheel wheel;
    private final int maxBytes;
    private final OutboundBudget budget;
    private final Runnable onWritable;
    private final ArrayDeque<EncodedFrame> frames = new ArrayDeque<>(4);
    private @Nullable Map<ReceiptKey, ServerFrame.Receipt> receipts;
    private int bytes;
    private int inFlightBytes;
    private boolean writing;
    private boolean closed;

    /** What follows the last write; given once nothing more is taken, and gone when it has run. */
    private @Nullable Runnable afterLast;

    private boolean closing;
    private boolean overflowed;
    private long writeStartedNanos;

    private record ReceiptKey(ConversationId conversation, UserId user) {}

    /** @param onWritable called without locks after a write ended well */
    Outbound(Connection connection, TimerWheel wheel, int maxBytes, OutboundBudget budget, Runnable onWritable) {
        this.connection = connection;
        this.wheel = wheel;
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.onWritable = onWritable;
    }

    FrameEncoder encoder() {
        return connection.encoder();
    }

    void add(ServerFrame frame) {
        add(connection.encoder().encode(frame));
    }

    synchronized void add(EncodedFrame frame) {
        if (!offer(frame)) {
            overflowed = true;
        }
    }

    /** @return false if the memory of all sessions together has no room for it */
    synchronized boolean offer(EncodedFrame frame) {
        if (closed || closing || overflowed) {
            return true;
        }
        if (!budget.take(frame.size(), heldBytes())) {
            return false;
        }
        frames.add(frame);
        bytes += frame.size();
        overflowed = bytes > maxBytes;
        return true;
    }

    /** Whether the memory of all sessions together has room for so many bytes of messages; if not, they wait in the log. */
    boolean hasRoom(int size) {
        return budget.hasRoom(size, heldBytes());
    }

    /** Whether that memory is tight, and this session holds more of it than is everybody's. */
    boolean isCrowding() {
        return budget.isTight() && heldBytes() > budget.share();
    }

    /** @return false if so much waits already that what nobody depends on is dropped */
    synchronized boolean addDroppable(EncodedFrame frame) {
        if (closed
                || closing
                || overflowed
                || bytes + frame.size() > maxBytes / DROPPABLE_SHARE
                || !budget.take(frame.size(), heldBytes())) {
            return false;
        }
        frames.add(frame);
        bytes += frame.size();
        return true;
    }

    /** Newest only; dropped when thousands wait already, since the client reads receipts anew at its next connect. */
    synchronized void addReceipt(ServerFrame.Receipt receipt) {
        if (closed || closing) {
            return;
        }
        if (receipts == null) {
            receipts = new LinkedHashMap<>();
        }
        ReceiptKey key = new ReceiptKey(receipt.conversation(), receipt.user());
        if (receipts.size() < MAX_RECEIPTS || receipts.containsKey(key)) {
            receipts.merge(key, receipt, Outbound::newest);
        }
    }

    private static ServerFrame.Receipt newest(ServerFrame.Receipt a, ServerFrame.Receipt b) {
        return new ServerFrame.Receipt(
                a.conversation(), a.user(), Math.max(a.lastAck(), b.lastAck()), Math.max(a.lastRead(), b.lastRead()));
    }

    /** How many bytes wait, besides those in flight. */
    synchronized int waitingBytes() {
        return bytes;
    }

    /** What waits and what is in flight. */
    synchronized int heldBytes() {
        return bytes + inFlightBytes;
    }

    /** Whether more waits than may: the consumer is too slow. */
    synchronized boolean overflowed() {
        return overflowed;
    }

    /** For how long the write in flight has been going on, in nanoseconds; 0 if there is none. */
    synchronized long stalledNanos() {
        return writing ? wheel.nanoTime() - writeStartedNanos : 0;
    }

    /** Writes what waits, unless a write is in flight: then its end will. */
    void flush() {
        for (List<EncodedFrame> packet = begin(); !packet.isEmpty(); packet = begin()) {
            WriteEnd end = new WriteEnd();
            connection.write(packet, end);
            if (!end.endedBeforeReturn()) {
                return;
            }
        }
        finishIfWritten();
    }

    /**
     * Takes nothing more, writes what waits, and then runs the task, once; at once if no write is in flight.
     *
     * @return whether the task has run
     */
    boolean close(Runnable then) {
        synchronized (this) {
            closing = true;
            afterLast = then;
        }
        flush();
        return finishIfWritten();
    }

    /** Runs the task of {@link #close} now, unless it has run; what still waits is forgotten. */
    void giveUp() {
        abandon();
        Runnable then;
        synchronized (this) {
            then = afterLast;
            afterLast = null;
        }
        if (then != null) {
            then.run();
        }
    }

    /** @return whether there was nothing to wait for */
    private boolean finishIfWritten() {
        synchronized (this) {
            boolean waits = !closed && (!frames.isEmpty() || receipts != null);
            if (!closing || writing || waits) {
                return false;
            }
        }
        giveUp();
        return true;
    }

    /** Forgets what waits, and takes nothing more. */
    void abandon() {
        int waited;
        synchronized (this) {
            closed = true;
            frames.clear();
            receipts = null;
            waited = bytes;
            bytes = 0;
        }
        budget.give(waited);
    }

    private synchronized List<EncodedFrame> begin() {
        if (writing || closed) {
            return List.of();
        }
        encodeReceipts();
        List<EncodedFrame> packet = new ArrayList<>(frames.size());
        int size = 0;
        while (!frames.isEmpty() && size < MAX_PACKET_BYTES) {
            EncodedFrame frame = frames.remove();
            size += frame.size();
            bytes -= frame.size();
            packet.add(frame);
        }
        inFlightBytes = size;
        writing = !packet.isEmpty();
        writeStartedNanos = writing ? wheel.nanoTime() : 0;
        return packet;
    }

    private void encodeReceipts() {
        Map<ReceiptKey, ServerFrame.Receipt> waiting = receipts;
        if (waiting != null) {
            receipts = null;
            waiting.values().forEach(this::add);
        }
    }

    private void ended(boolean ok) {
        int written;
        synchronized (this) {
            writing = false;
            written = inFlightBytes;
            inFlightBytes = 0;
        }
        budget.give(written);
        if (!ok) {
            abandon();
        }
    }

    /** The end of one write, which may come before {@link Connection#write} returns: then the loop goes on, not the stack. */
    private final class WriteEnd implements Connection.WriteCallback {
        private boolean returned;
        private boolean ended;

        @Override
        public void written(boolean ok) {
            ended(ok);
            synchronized (this) {
                ended = true;
                if (!returned) {
                    return;
                }
            }
            if (ok) {
                onWritable.run();
            }
            flush();
        }

        synchronized boolean endedBeforeReturn() {
            returned = true;
            return ended;
        }
    }
}
