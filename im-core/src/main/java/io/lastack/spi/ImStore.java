package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.SeqRange;
import java.util.List;
import java.util.Optional;

/**
 * Everything LastAck keeps: the log, who belongs to which conversation, and the cursors. A store may be shared by
 * several engines, in one process or (where its documentation says so) in many.
 *
 * <p>Beside these three parts there are powers that a store may have or not, and says so.
 *
 * <p>Every method of its parts and powers may be called by several threads at once, and fails with
 * {@link io.lastack.error.StoreException} where the store cannot answer.
 */
public interface ImStore extends AutoCloseable {
    MessageLog log();

    Memberships memberships();

    Cursors cursors();

    /**
     * Who sent a message, and the positions of everybody it is for: asked for whenever somebody wants to know who has read
     * it. In one round trip where the store can, as {@code JdbcStore}; by itself it asks the log, and then the memberships.
     */
    default Audience audience(ConversationId conversation, long seq) {
        LogQuery query = new LogQuery(conversation, new SeqRange(seq, seq), 1);
        LogPage page = log().read(List.of(query)).get(0);
        return page.messages().isEmpty()
                ? new Audience(null, page.trimmedThrough(), List.of())
                : new Audience(
                        page.messages().get(0).sender(),
                        page.trimmedThrough(),
                        memberships().entitled(conversation, seq));
    }

    /** The power to delete old messages; empty if this store keeps everything. The same for as long as the store is open. */
    default Optional<LogRetention> retention() {
        return Optional.empty();
    }

    /** The power to erase a user's data, if this store has it. The same for as long as the store is open. */
    default Optional<UserErasure> erasure() {
        return Optional.empty();
    }

    /** The power to tell all that is stored of a user, if this store has it. The same for as long as the store is open. */
    default Optional<UserExport> export() {
        return Optional.empty();
    }

    /** The power to change the identity of the data, if this store has it. The same for as long as the store is open. */
    default Optional<EpochRenewal> epochRenewal() {
        return Optional.empty();
    }

    /**
     * The power to remember how far conversations were looked through for undelivered messages, if this store has it. The
     * same for as long as the store is open.
     */
    default Optional<DeliveryMarks> deliveryMarks() {
        return Optional.empty();
    }

    /**
     * The power to keep the positions of conversations that lie in another store, if this store has it. The same for as long
     * as the store is open.
     */
    default Optional<Positions> positions() {
        return Optional.empty();
    }

    /**
     * The power to answer where the positions of this store's conversations are kept in another store, if this store has it.
     * The same for as long as the store is open.
     */
    default Optional<PositionsElsewhere> positionsElsewhere() {
        return Optional.empty();
    }

    /**
     * Releases what the store opened itself. Calls under way, and later ones, may fail with
     * {@link io.lastack.error.StoreException}; what was confirmed stays. Closing twice is harmless.
     */
    @Override
    void close();
}
