package io.lastack.testkit.sim.reference;

import io.lastack.cursor.AckCursor;

/** From where on a user's messages are sent again, by what became of the pushes so far. Outlives the server, as in a database. */
interface Rules {
    void succeeded(long message);

    void failed(long message);

    /** The client has everything that it could see above {@link #lastAck} at the time of its pull, up to this message. */
    void pullAcknowledged(long lastPulled);

    long lastAck();

    /** The server stopped: what it had in memory is gone. */
    void restarted();

    /** Whether a message can be seen before one with a lower number: numbers are given before the commit. */
    boolean numbersBeforeCommit();

    /** One row a user, {@code (lastAck, lastAckErr)}, over an auto-increment id, moved by every result as it comes in. */
    static Rules reference() {
        return new Rules() {
            private static final long NONE = 0;
            private long lastAck;
            private long lastAckErr = NONE;

            @Override
            public void failed(long message) {
                if (lastAckErr == NONE || message <= lastAckErr) {
                    lastAckErr = message;
                }
                if (message <= lastAck) {
                    lastAck = message - 1;
                }
            }

            @Override
            public void succeeded(long message) {
                if (lastAckErr == NONE ? message > lastAck : message < lastAckErr) {
                    lastAck = message;
                }
            }

            @Override
            public void pullAcknowledged(long lastPulled) {
                lastAck = lastPulled;
                lastAckErr = NONE;
            }

            @Override
            public long lastAck() {
                return lastAck;
            }

            @Override
            public void restarted() {}

            @Override
            public boolean numbersBeforeCommit() {
                return true;
            }
        };
    }

    /** A seq given at the commit, and {@link AckCursor}, of which the floor is stored. */
    static Rules lastAckRules() {
        return new Rules() {
            private AckCursor cursor = AckCursor.startingAt(0);

            @Override
            public void succeeded(long message) {
                cursor.acked(message);
            }

            @Override
            public void failed(long message) {
                cursor.failed(message);
            }

            @Override
            public void pullAcknowledged(long lastPulled) {
                cursor.ackedThrough(lastPulled);
            }

            @Override
            public long lastAck() {
                return cursor.lastAck();
            }

            @Override
            public void restarted() {
                cursor = AckCursor.startingAt(cursor.lastAck());
            }

            @Override
            public boolean numbersBeforeCommit() {
                return false;
            }
        };
    }
}
