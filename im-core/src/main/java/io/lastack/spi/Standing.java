package io.lastack.spi;

import io.lastack.log.DeviceId;
import java.util.Map;

/**
 * The positions of one user in one conversation, as stored: they may be below what the user may see.
 *
 * @param acks the ack cursor of each device that has one
 * @param lastRead the read cursor; 0 for none
 * @param readAt when that was reached, in milliseconds since the epoch; 0 if it is not known
 */
public record Standing(Map<DeviceId, Ack> acks, long lastRead, long readAt) {
    /** Of a user who has no position. */
    public static final Standing NONE = new Standing(Map.of(), 0, 0);

    /** @throws IllegalArgumentException if a number is below 0 */
    public Standing {
        acks = Map.copyOf(acks);
        requireNotNegative("lastRead", lastRead);
        requireNotNegative("readAt", readAt);
    }

    /** What is stored for a device; 0 if nothing is. */
    public long ack(DeviceId device) {
        Ack ack = acks.get(device);
        return ack == null ? 0 : ack.seq();
    }

    /** The highest ack cursor of any device; 0 if there is none. */
    public long highestAck() {
        return acks.values().stream().mapToLong(Ack::seq).max().orElse(0);
    }

    /**
     * The earliest of the times that are known of the cursors at or above a seq, in milliseconds since the epoch; 0 if there
     * is none.
     */
    public long ackedAt(long seq) {
        return acks.values().stream()
                .filter(ack -> ack.seq() >= seq && ack.at() > 0)
                .mapToLong(Ack::at)
                .min()
                .orElse(0);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; 0 or more is");
        }
    }

    /**
     * An ack cursor.
     *
     * @param seq everything up to and including this is confirmed
     * @param at when, in milliseconds since the epoch; 0 if it is not known
     */
    public record Ack(long seq, long at) {
        /** @throws IllegalArgumentException if a number is below 0 */
        public Ack {
            requireNotNegative("seq", seq);
            requireNotNegative("at", at);
        }
    }
}
