package io.lastack.mixed;

import io.lastack.log.ConversationId;
import io.lastack.spi.Audience;
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
 * Log and members in one store, ack and read positions and the devices in another, such as messages in a database and
 * positions in Redis. Whatever a store can do is what the log's store can; it is safe for several threads and engines where
 * both are.
 *
 * <p>Nothing is atomic over the two, and nothing has to be: a position is a maximum that was legal when it was taken, and
 * stays so. A call fails where either store cannot answer, and may be made again.
 *
 * <p><b>Positions that are lost, or older than they were</b>, lose no message: the log is whole. Devices are sent again what
 * they have and drop it by its seq, and unread counts rise until users read on. A device that does not state its positions
 * when it connects is then one that was never seen: it begins where the engine lets new devices begin
 * ({@link io.lastack.spi.DeviceStart}), which may be after messages that it does not have. Clients on
 * {@link io.lastack.client.ImClient} state theirs.
 *
 * <p><b>A log that came back older</b> (restored from a backup) has to get a new epoch before the first engine opens it, as
 * with one store ({@link MessageLog#epoch}, {@link EpochRenewal}). Positions belong to the epoch in which they were taken: in
 * a new one nobody has any, devices are sent again what they have, and unread counts rise. What was kept under the former
 * epoch is found no more, also by an erasure.
 */
public final class MixedStore implements ImStore {
    private final ImStore log;
    private final ImStore positionsStore;
    private final LogEpoch messages;
    private final Positions positions;
    private final MixedMemberships memberships;
    private final MixedCursors cursors;

    private MixedStore(ImStore log, ImStore positionsStore) {
        this.log = log;
        this.positionsStore = positionsStore;
        PositionsElsewhere elsewhere = log.positionsElsewhere()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the store of the log, " + log.getClass().getName()
                                + ", does not declare positionsElsewhere(); one that does is allowed"));
        Positions kept = positionsStore
                .positions()
                .orElseThrow(() -> new IllegalArgumentException("the store of the positions, "
                        + positionsStore.getClass().getName()
                        + ", does not declare positions(); one that does is allowed"));
        this.messages = new LogEpoch(log.log());
        this.positions = new PositionsOfEpoch(kept, messages);
        this.memberships = new MixedMemberships(log.memberships(), elsewhere, positions);
        this.cursors = new MixedCursors(log.memberships(), elsewhere, positions);
    }

    /**
     * One store of two, which are closed with it.
     *
     * @param log where log and members are, with its powers; has {@link ImStore#positionsElsewhere}
     * @param positions where positions and devices are; has {@link ImStore#positions}
     * @throws IllegalArgumentException if one of them has not the power that it needs; neither is closed
     * @throws io.lastack.error.StoreException if the log's store cannot tell its epoch; neither is closed
     */
    public static MixedStore of(ImStore log, ImStore positions) {
        return new MixedStore(log, positions);
    }

    @Override
    public MessageLog log() {
        return messages;
    }

    @Override
    public Memberships memberships() {
        return memberships;
    }

    @Override
    public Cursors cursors() {
        return cursors;
    }

    /** One round trip to each of the two. */
    @Override
    public Audience audience(ConversationId conversation, long seq) {
        Audience found = log.audience(conversation, seq);
        return found.members().isEmpty()
                ? found
                : new Audience(
                        found.sender(),
                        found.trimmedThrough(),
                        Overlay.states(found.members(), positions.standings(conversation), seq));
    }

    @Override
    public Optional<LogRetention> retention() {
        return log.retention();
    }

    /** Of the log's store, and of the positions first. */
    @Override
    public Optional<UserErasure> erasure() {
        return log.erasure().map(erasure -> new MixedErasure(erasure, log.memberships(), positions));
    }

    /** Messages of the log's store, devices of the other. */
    @Override
    public Optional<UserExport> export() {
        return log.export()
                .map(export -> new MixedExport(export, log.memberships(), positions, positionsStore.export()));
    }

    @Override
    public Optional<EpochRenewal> epochRenewal() {
        return log.epochRenewal();
    }

    @Override
    public Optional<DeliveryMarks> deliveryMarks() {
        return log.deliveryMarks();
    }

    /** Closes both, also where closing one of them fails. */
    @Override
    public void close() {
        try (positionsStore) {
            log.close();
        }
    }
}
