package io.lastack.spi;

import java.time.Duration;

/**
 * How nodes keep in touch.
 *
 * @param heartbeat how often a node tells the others that it is there, and what it appended last: how late a message is, at
 *     the most, whose signal alone was lost
 * @param lease how long a node counts as alive after its last sign of life, 3 heartbeats or more: how long a node that died
 *     is taken for one that lives
 * @param inlineBytes the largest message that travels with its signal, 0 to 32 KiB; of a larger one only the seq does, and
 *     the other nodes read it from the log
 */
public record ClusterOptions(Duration heartbeat, Duration lease, int inlineBytes) {
    private static final ClusterOptions DEFAULTS =
            new ClusterOptions(Duration.ofSeconds(1), Duration.ofSeconds(10), 4 << 10);

    public ClusterOptions {
        if (heartbeat.toMillis() < 10) {
            throw new IllegalArgumentException("heartbeat " + heartbeat + " is not allowed; 10 ms or more are");
        }
        if (lease.compareTo(heartbeat.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "lease " + lease + " is not allowed; 3 heartbeats (" + heartbeat.multipliedBy(3) + ") or more are");
        }
        if (inlineBytes < 0 || inlineBytes > 32 << 10) {
            throw new IllegalArgumentException(
                    "inlineBytes " + inlineBytes + " is not allowed; 0 to " + (32 << 10) + " are");
        }
    }

    public static ClusterOptions defaults() {
        return DEFAULTS;
    }

    public ClusterOptions withHeartbeat(Duration interval) {
        return new ClusterOptions(interval, lease, inlineBytes);
    }

    public ClusterOptions withLease(Duration time) {
        return new ClusterOptions(heartbeat, time, inlineBytes);
    }

    public ClusterOptions withInlineBytes(int bytes) {
        return new ClusterOptions(heartbeat, lease, bytes);
    }
}
