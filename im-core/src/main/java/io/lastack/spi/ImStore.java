package io.lastack.spi;

/**
 * Everything LastAck keeps: the log, who belongs to which conversation, and the cursors. A store may be shared by
 * several engines, in one process or (where its documentation says so) in many.
 *
 * <p>Every method of the three parts may be called by several threads at once, and fails with
 * {@link io.lastack.error.StoreException} where the store cannot answer.
 */
public interface ImStore extends AutoCloseable {
    MessageLog log();

    Memberships memberships();

    Cursors cursors();

    /**
     * Releases what the store opened itself. Calls under way, and later ones, may fail with
     * {@link io.lastack.error.StoreException}; what was confirmed stays. Closing twice is harmless.
     */
    @Override
    void close();
}
