package io.lastack.cursor;

/**
 * The rules that {@link AckCursor} is compared with: one row a user, {@code (lastAck, lastAckErr)}, moved by every
 * result of a push as it comes in.
 */
final class ReferenceRules implements DeliveryRules {

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
        boolean moves = lastAckErr == NONE ? message > lastAck : message < lastAckErr;
        if (moves) {
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
}
