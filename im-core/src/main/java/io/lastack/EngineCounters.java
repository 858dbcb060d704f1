package io.lastack;

import io.lastack.internal.append.AppendBatcher;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.receipt.ReceiptPush;
import io.lastack.internal.repair.Repairer;
import io.lastack.internal.request.RateGate;
import io.lastack.internal.room.Rooms;
import io.lastack.internal.session.OutboundBudget;
import io.lastack.internal.session.SessionRegistry;
import java.util.Map;

/** What an engine has done since it was made; each figure is read on its own, without stopping anything. */
public final class EngineCounters {
    private final AppendBatcher batcher;
    private final CursorJournal journal;
    private final ReceiptPush receipts;
    private final ConversationIndex index;
    private final Repairer repairer;
    private final Cluster cluster;
    private final SessionRegistry sessions;
    private final OutboundBudget budget;
    private final RateGate gate;
    private final Rooms rooms;

    EngineCounters(
            AppendBatcher batcher,
            CursorJournal journal,
            ReceiptPush receipts,
            ConversationIndex index,
            Repairer repairer,
            Cluster cluster,
            SessionRegistry sessions,
            OutboundBudget budget,
            RateGate gate,
            Rooms rooms) {
        this.cluster = cluster;
        this.rooms = rooms;
        this.batcher = batcher;
        this.journal = journal;
        this.receipts = receipts;
        this.index = index;
        this.repairer = repairer;
        this.sessions = sessions;
        this.budget = budget;
        this.gate = gate;
    }

    /** Messages stored, repeats not counted. */
    public long messagesAppended() {
        return batcher.appended();
    }

    /** Commits of messages. */
    public long appendCommits() {
        return batcher.commits();
    }

    /** How long the store took for these commits, all together, in nanoseconds. */
    public long appendNanos() {
        return batcher.nanos();
    }

    /** Drafts that wait for their commit now. */
    public int appendsWaiting() {
        return batcher.waiting();
    }

    /** Messages offered to a session's connection, each receiver counted. */
    public long deliveries() {
        return index.offered();
    }

    /** Rows of ack cursors written. */
    public long ackRowsWritten() {
        return journal.ackRows();
    }

    /** Rows of read cursors written. */
    public long readRowsWritten() {
        return journal.readRows();
    }

    /** Receipts pushed, each receiver counted. */
    public long receiptsPushed() {
        return receipts.pushed();
    }

    /** Times that a watched conversation was found to have messages that this node had not heard of. */
    public long conversationsRepaired() {
        return repairer.repaired();
    }

    /** Conversations that a connected user watches now. */
    public int conversationsWatched() {
        return index.size();
    }

    /** Rooms with a member connected here. */
    public int roomsHere() {
        return rooms.size();
    }

    /** Room events that were not written to a connection, as its consumer was too slow. */
    public long roomEventsDropped() {
        return rooms.dropped();
    }

    /** Whether signals of other nodes pass now; false for a node without a bus. */
    public boolean busConnected() {
        return cluster.isConnected();
    }

    /** Other nodes that gave a sign of life within {@link io.lastack.spi.ClusterOptions#lease}. */
    public int peers() {
        return cluster.peers();
    }

    /** Signals given to the bus for other nodes. */
    public long signalsSent() {
        return cluster.signalsSent();
    }

    /** Signals of other nodes that came. */
    public long signalsReceived() {
        return cluster.signalsReceived();
    }

    /** Signals that the bus dropped before sending, as it was away or too slow. */
    public long signalsDropped() {
        return cluster.signalsDropped();
    }

    /** Signals that came and could not be read: of a newer version, or damaged. */
    public long signalsUnread() {
        return cluster.signalsUnread();
    }

    /** Channels of the bus that this node listens on, besides the one for all; 256 at the most. */
    public int busChannels() {
        return cluster.channels();
    }

    /** Connections taken. */
    public long connectionsOpened() {
        return sessions.openedSoFar();
    }

    /** Connections that ended, by close code; under 0 all codes that the protocol does not name. */
    public Map<Integer, Long> connectionsEnded() {
        return sessions.endedSoFar();
    }

    /** What waits to be written to clients, or is being written, in bytes, for all connections together. */
    public long outboundBytes() {
        return budget.used();
    }

    /** The most that {@link #outboundBytes} ever was. */
    public long outboundBytesPeak() {
        return budget.peak();
    }

    /** Slow consumers closed because memory for outbound data was tight. */
    public long consumersClosedForMemory() {
        return budget.closedForRoom();
    }

    /** Frames refused with 429 because of a rate limit. */
    public long framesOverLimit() {
        return gate.refused();
    }
}
