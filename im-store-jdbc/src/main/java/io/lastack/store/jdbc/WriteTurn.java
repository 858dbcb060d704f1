package io.lastack.store.jdbc;

/** The time of one write transaction, during which nothing else writes to the store; see {@link JdbcStore#turn()}. */
public interface WriteTurn extends AutoCloseable {
    /** Ends it, in the thread that began it, after the transaction has ended. */
    @Override
    void close();
}
