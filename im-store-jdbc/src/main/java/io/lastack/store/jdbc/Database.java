package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.error.StoreException.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on connections, in transactions, with retries, and turns what goes wrong into {@link StoreException}.
 *
 * <p>A thread's interrupt is put off while it is in here: an interrupted file channel closes, and with it an embedded
 * database. Closing waits for the calls under way.
 *
 * <p>A call happens in one opening of the database. An embedded one may close itself, and is then without what was not
 * durable, such as numbers that this call was told: it begins again from the start, unless that is not known to be harmless.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int ATTEMPTS = 10;

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final LockWaits waits;
    private final Durability durability;
    private final Runnable release;
    private final Unsynced unsynced = new Unsynced();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final ThreadLocal<Integer> opening = new ThreadLocal<>();
    private boolean closed;

    /** @param release what to do at close, once */
    Database(Jdbi jdbi, Dialect dialect, LockWaits waits, Durability durability, Runnable release) {
        this.jdbi = jdbi;
        this.dialect = dialect;
        this.waits = waits;
        this.durability = durability;
        this.release = release;
    }

    Dialect dialect() {
        return dialect;
    }

    /** What can be seen although it is not durable yet. */
    Unsynced unsynced() {
        return unsynced;
    }

    /** Whether data can be seen before it is durable. */
    boolean syncsAfterCommit() {
        return !durability.isByCommit();
    }

    /** Reads, with no transaction around it: each statement sees what is committed when it starts. */
    <T> T read(String what, Work<T> work) {
        return inside(() -> {
            try (Handle handle = jdbi.open()) {
                requireSameOpening(handle.getConnection());
                return work.on(handle);
            } catch (SQLException | JdbiException e) {
                throw failed(what, e, Effect.NOT_APPLIED);
            }
        });
    }

    /** One transaction, durable when this returns. The work may run several times. */
    <T> T write(String what, Work<T> work) {
        requireNoTurn(what);
        return inside(() -> {
            T result = attempts(what, work);
            syncNow(what);
            return result;
        });
    }

    /** One transaction that need not be durable by itself: a later {@link #write} of what builds on it makes it so. */
    <T> T prepare(String what, Work<T> work) {
        return inside(() -> attempts(what, work));
    }

    /** To be held by every write transaction, from before its first statement to its end. */
    WriteTurn turn() {
        return durability.turn();
    }

    /** The opening of the database that the current call happens in. */
    int opening() {
        Integer current = opening.get();
        return current == null ? durability.opening() : current;
    }

    /** To be called with every connection before what the current call knows already is used on it. */
    void requireSameOpening(Connection connection) throws SQLException {
        if (durability.opening(connection) != opening()) {
            throw new OpenedAnewException();
        }
    }

    /** To be called when something was read, and found to need no {@link #sync}, before it is handed out. */
    void requireSameOpening() {
        if (durability.opening() != opening()) {
            throw new OpenedAnewException();
        }
    }

    /** For what may have to wait for a checkpoint, which waits for the end of all turns. */
    void requireNoTurn(String what) {
        if (durability.hasTurn()) {
            throw new IllegalStateException("cannot " + what + " inside of a turn that this thread took: what has to be"
                    + " made durable would wait for the turn's end; close the turn first");
        }
    }

    /** Returns when everything committed before is durable. */
    void sync(String what) {
        requireNoTurn(what);
        inside(() -> {
            syncNow(what);
            return true;
        });
    }

    private void syncNow(String what) {
        try {
            durability.sync(opening());
        } catch (SQLException e) {
            throw failed(what, e, Effect.UNKNOWN);
        }
    }

    private <T> T attempts(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = jdbi.open();
                    WriteTurn turn = turn()) {
                requireSameOpening(handle.getConnection());
                return boundedAttempt(what, handle, work);
            } catch (SQLException | JdbiException e) {
                Failure failure = failure(e);
                boolean again = failure == Failure.DUPLICATE || failure == Failure.CONFLICT;
                if (!again || attempt == ATTEMPTS) {
                    throw failed(what, e, Effect.NOT_APPLIED);
                }
            }
        }
    }

    private <T> T boundedAttempt(String what, Handle handle, Work<T> work) throws SQLException {
        try {
            return attempt(what, handle, work);
        } finally {
            try {
                waits.restore(handle.getConnection());
            } catch (SQLException e) {
                LOG.debug("a session ended with its transaction", e);
            }
        }
    }

    private <T> T attempt(String what, Handle handle, Work<T> work) throws SQLException {
        handle.begin();
        T result;
        try {
            waits.bound(handle.getConnection());
            result = work.on(handle);
        } catch (Throwable e) {
            rollBack(handle, e);
            throw e;
        }
        try {
            handle.commit();
        } catch (JdbiException e) {
            rollBack(handle, e);
            if (failure(e) == Failure.CONFLICT) {
                throw e;
            }
            throw failed(what, e, Effect.UNKNOWN);
        }
        return result;
    }

    private static void rollBack(Handle handle, Throwable because) {
        try {
            handle.rollback();
        } catch (JdbiException e) {
            because.addSuppressed(e);
        }
    }

    /**
     * Runs a call while the store is open, out of reach of interrupts, and in one opening of the database. The call may run
     * several times, unless it is inside of another.
     */
    <T> T inside(Supplier<T> call) {
        boolean interrupted = Thread.interrupted();
        gate.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("the store is closed", null, false, Effect.NOT_APPLIED);
            }
            return opening.get() == null ? inOneOpening(call) : call.get();
        } finally {
            gate.readLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T inOneOpening(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            opening.set(durability.opening());
            try {
                return call.get();
            } catch (OpenedAnewException e) {
                if (attempt == ATTEMPTS) {
                    throw new StoreException(OpenedAnewException.WHAT, e, true, Effect.NOT_APPLIED);
                }
            } finally {
                opening.remove();
            }
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                durability.close();
                release.run();
            }
        } finally {
            gate.writeLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What to tell the caller of a failure of the database. */
    StoreException failed(String what, Exception e, Effect effect) {
        durability.afterFailure(e);
        Failure failure = failure(e);
        String because =
                SqlCause.of(e).map(SqlCause::describe).orElse(e.getClass().getSimpleName());
        if (failure == Failure.LOCKED) {
            because = "another transaction holds a row that this needs, for longer than it may wait (" + because + ")";
        }
        return new StoreException(
                "cannot " + what + ": " + because,
                e,
                failure != Failure.PERMANENT,
                effect,
                failure == Failure.LOCKED ? Scope.CONVERSATION : Scope.STORE);
    }

    private Failure failure(Exception e) {
        return SqlCause.of(e).map(dialect::failure).orElse(Failure.PERMANENT);
    }

    /** Something to do on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle) throws SQLException;
    }
}
