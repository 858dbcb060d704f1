package io.lastack.internal.receipt;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.Move;
import io.lastack.internal.cluster.ClusterSignal.Moved;
import io.lastack.internal.cursor.AckMove;
import io.lastack.internal.cursor.PositionListener;
import io.lastack.internal.cursor.ReadMove;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.fanout.Topic;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame.Receipt;
import io.lastack.spi.AccessPolicy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Pushes receipts after the cursors are stored: the newest of each (conversation, reader) since the last flush, to the
 * online authors of the messages it newly covers, and to the reader's own devices. Best effort: what is missed is read at
 * the next connect, and authors of messages that left the tail are not looked up.
 */
public final class ReceiptPush implements PositionListener {
    private static final int MOVE_WEIGHT = 224;

    private final ConversationIndex index;
    private final SessionRegistry sessions;
    private final Cluster cluster;
    private final AccessPolicy policy;
    private final LongAdder pushed = new LongAdder();

    public ReceiptPush(ConversationIndex index, SessionRegistry sessions, Cluster cluster, AccessPolicy policy) {
        this.index = index;
        this.sessions = sessions;
        this.cluster = cluster;
        this.policy = policy;
    }

    /** Begins to hear of positions that other nodes stored. */
    public void listen() {
        cluster.on(Moved.class, moved -> push(moved.moves()));
    }

    @Override
    public void acksStored(List<AckMove> moves) {
        pushEverywhere(moves.stream()
                .map(m -> new Move(m.key().conversation(), m.key().user(), m.from(), m.to(), false))
                .toList());
    }

    @Override
    public void acksRefused(List<AckMove> moves) {
        for (AckMove move : moves) {
            sessions.of(move.key().user()).forEach(session -> session.floorRefused(move.key()));
        }
    }

    @Override
    public void readsStored(List<ReadMove> moves) {
        pushEverywhere(moves.stream()
                .map(m -> new Move(m.key().conversation(), m.key().user(), m.from(), m.to(), true))
                .toList());
    }

    private void pushEverywhere(List<Move> moves) {
        push(moves);
        cluster.tellAll(moves, move -> move.conversation().value(), move -> MOVE_WEIGHT, Moved::new);
    }

    private void push(List<Move> moves) {
        Touched touched = new Touched();
        add(moves, touched);
        touched.flushAll();
    }

    /** One at a time: of two moves of a reader, the higher is not overtaken by the lower. */
    private synchronized void add(List<Move> moves, Touched touched) {
        for (Move move : moves) {
            if (isOld(move)) {
                continue;
            }
            Receipt receipt = new Receipt(
                    move.conversation(), move.user(), move.read() ? 0 : move.to(), move.read() ? move.to() : 0);
            push(receipt, move.from(), move.to(), touched);
            if (move.read()) {
                deliver(receipt, move.user(), touched);
            }
        }
    }

    private boolean isOld(Move move) {
        Topic topic = cluster.isAlone() || !move.read() ? null : index.find(move.conversation());
        return topic != null && !topic.isReadNews(move.user(), move.to());
    }

    private void push(Receipt receipt, long from, long to, Touched touched) {
        for (UserId author : authors(receipt.conversation(), receipt.user(), from, to)) {
            if (!author.equals(receipt.user())) {
                deliver(receipt, author, touched);
            }
        }
    }

    private Set<UserId> authors(ConversationId conversation, UserId reader, long from, long to) {
        Set<UserId> authors = new LinkedHashSet<>();
        Topic topic = index.find(conversation);
        if (topic != null) {
            authors.addAll(topic.authors(from, to));
        }
        if (conversation.kind() == ConversationId.Kind.DIRECT) {
            authors.add(conversation.peerOf(reader));
        }
        return authors;
    }

    private void deliver(Receipt receipt, UserId to, Touched touched) {
        for (ClientSession session : sessions.of(to)) {
            if (!to.equals(receipt.user())
                    && !policy.maySeeReceipts(session.context(), receipt.conversation(), receipt.user())) {
                continue;
            }
            session.sendReceipt(receipt);
            pushed.increment();
            touched.add(session);
        }
    }

    /** How many receipts were pushed so far. */
    public long pushed() {
        return pushed.sum();
    }
}
