package io.lastack.internal.cursor;

import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.CursorKey;
import io.lastack.spi.Cursors;
import io.lastack.spi.EngineRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Ack and read cursors on their way to the store: only the newest of each is kept, and flushed in batches. Thread-safe. */
public final class CursorJournal {
    private final Cursors cursors;
    private final EngineRuntime runtime;
    private final PositionListener listener;
    private final WriteBehind<CursorKey, AckMove> acks;
    private final WriteBehind<ReadMove.Key, ReadMove> reads;
    private final LongAdder ackRows = new LongAdder();
    private final LongAdder readRows = new LongAdder();

    public CursorJournal(Cursors cursors, EngineRuntime runtime, Duration interval, PositionListener listener) {
        this.cursors = cursors;
        this.runtime = runtime;
        this.listener = listener;
        this.acks = new WriteBehind<>(runtime, interval, AckMove::merge, this::writeAcks);
        this.reads = new WriteBehind<>(runtime, interval, ReadMove::merge, this::writeReads);
    }

    /** The device confirmed everything up to {@code to}. Never called before it did. */
    public void acked(CursorKey key, long from, long to) {
        acks.put(key, new AckMove(key, from, to, runtime.currentTimeMillis()));
    }

    /** The member read everything up to {@code to}. @return completes when that is stored */
    public CompletionStage<Void> read(ReadMove.Key key, long from, long to, long at) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        reads.put(key, new ReadMove(key, from, to, at, List.of(stored)));
        return stored;
    }

    /** Does what reads floors from the store, and then raises them by {@link #floor}. */
    public void reading(Runnable look) {
        long begun = acks.beginRead();
        try {
            look.run();
        } finally {
            acks.endRead(begun);
        }
    }

    /** A floor read from the store, raised to what is still on its way there, or has come there since {@link #reading} began. */
    public long floor(CursorKey key, long stored) {
        AckMove pending = acks.pending(key);
        return pending == null ? stored : Math.max(stored, pending.to());
    }

    /** Completes once all positions are stored. */
    public CompletionStage<Void> drain() {
        return acks.drain().thenCompose(nothing -> reads.drain());
    }

    public long ackRows() {
        return ackRows.sum();
    }

    public long readRows() {
        return readRows.sum();
    }

    private void writeAcks(List<AckMove> moves) {
        List<AdvanceOutcome> outcomes =
                cursors.advanceAcks(moves.stream().map(AckMove::advance).toList());
        ackRows.add(moves.size());
        listener.acksStored(those(AdvanceOutcome.ADVANCED, moves, outcomes));
        listener.acksRefused(those(AdvanceOutcome.REFUSED, moves, outcomes));
    }

    private void writeReads(List<ReadMove> moves) {
        List<AdvanceOutcome> outcomes =
                cursors.advanceReads(moves.stream().map(ReadMove::advance).toList());
        readRows.add(moves.size());
        // What was stored already, or is below what is stored, is no news: told, it would take a receipt back.
        listener.readsStored(those(AdvanceOutcome.ADVANCED, moves, outcomes));
        moves.forEach(move -> move.waiters().forEach(waiter -> waiter.complete(null)));
    }

    private static <M> List<M> those(AdvanceOutcome outcome, List<M> moves, List<AdvanceOutcome> outcomes) {
        List<M> those = new ArrayList<>();
        for (int i = 0; i < moves.size(); i++) {
            if (outcomes.get(i) == outcome) {
                those.add(moves.get(i));
            }
        }
        return those;
    }
}
