package io.lastack.cursor;

/** What a set of rules is told of one user's messages, and the one thing it has to answer. */
interface DeliveryRules {

    void succeeded(long message);

    void failed(long message);

    /** The client has everything from the {@code lastAck} at the time of its pull up to {@code lastPulled}. */
    void pullAcknowledged(long lastPulled);

    /** Nothing up to this message is ever sent again. */
    long lastAck();

    /** The rules of {@link AckCursor}. */
    static DeliveryRules ofAckCursor() {
        AckCursor cursor = AckCursor.startingAt(0);
        return new DeliveryRules() {
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
        };
    }
}
