package io.lastack.memory;

import io.lastack.spi.Cursors;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EpochRenewal;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogRetention;
import io.lastack.spi.Memberships;
import io.lastack.spi.MessageLog;
import io.lastack.spi.Positions;
import io.lastack.spi.PositionsElsewhere;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.util.Optional;

/**
 * A store that keeps everything on the heap: complete and thread-safe, and gone with the process. For tests, and for a
 * single process that needs no persistence.
 *
 * <p>Every call takes effect at one instant, as seen by all threads: a list of drafts or advances is applied as a whole,
 * and nobody sees part of it. No call blocks on anything but the others.
 */
public final class MemoryStore implements ImStore {
    private static final String DEFAULT_EPOCH = "memory";

    private final MemoryLog log;
    private final MemoryMemberships memberships;
    private final MemoryCursors cursors;
    private final MemoryRetention retention;
    private final MemoryErasure erasure;
    private final MemoryExport export;
    private final MemoryEpoch epoch;
    private final MemoryMarks marks;
    private final MemoryPositions positions = new MemoryPositions();

    private MemoryStore(String epoch) {
        State state = new State(epoch);
        this.log = new MemoryLog(state);
        this.memberships = new MemoryMemberships(state);
        this.cursors = new MemoryCursors(state);
        this.retention = new MemoryRetention(state);
        this.erasure = new MemoryErasure(state);
        this.export = new MemoryExport(state, positions);
        this.epoch = new MemoryEpoch(state);
        this.marks = new MemoryMarks(state);
    }

    /**
     * An empty store, whose epoch is always the same. Where devices outlive the process, use {@link #create(String)}: their
     * positions would be taken for positions in the new, empty logs.
     */
    public static MemoryStore create() {
        return create(DEFAULT_EPOCH);
    }

    /**
     * An empty store.
     *
     * @param epoch the identity of its data, not blank; a host gives one that no earlier process used, such as a random
     *     UUID
     */
    public static MemoryStore create(String epoch) {
        if (epoch.isBlank()) {
            throw new IllegalArgumentException("the epoch is blank; a text that is not blank is allowed");
        }
        return new MemoryStore(epoch);
    }

    @Override
    public MessageLog log() {
        return log;
    }

    @Override
    public Memberships memberships() {
        return memberships;
    }

    @Override
    public Cursors cursors() {
        return cursors;
    }

    @Override
    public Optional<LogRetention> retention() {
        return Optional.of(retention);
    }

    @Override
    public Optional<UserErasure> erasure() {
        return Optional.of(erasure);
    }

    @Override
    public Optional<UserExport> export() {
        return Optional.of(export);
    }

    @Override
    public Optional<EpochRenewal> epochRenewal() {
        return Optional.of(epoch);
    }

    @Override
    public Optional<DeliveryMarks> deliveryMarks() {
        return Optional.of(marks);
    }

    @Override
    public Optional<Positions> positions() {
        return Optional.of(positions);
    }

    @Override
    public Optional<PositionsElsewhere> positionsElsewhere() {
        return Optional.of(memberships);
    }

    /** Does nothing: the store opened nothing, and keeps its data and works on for as long as it is referred to. */
    @Override
    public void close() {}
}
