package io.lastack.spi;

import io.lastack.cursor.CursorKey;

/** Hears of messages that a connected device does not take. */
@FunctionalInterface
public interface DeliveryListener {
    /**
     * The device refused this message, or stayed silent about it, time after time; its connection is closed now, and
     * its cursor stays below the message.
     *
     * @param seq the lowest that it did not take
     * @param attempts how often it was sent on this connection
     * @param reason the client's own words, or that it did not answer
     */
    void undelivered(CursorKey device, long seq, int attempts, String reason);
}
