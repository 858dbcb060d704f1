package io.lastack.transport.tyrus.load;

import java.time.Duration;
import java.util.List;

/**
 * What a server is told at its start.
 *
 * @param heartbeat the interval of pings
 * @param perAddress connections from one address
 * @param acceptTimeout for a whole handshake
 * @param totalOutboundBytes see {@code EngineOptions}
 */
record HostOptions(Duration heartbeat, int perAddress, Duration acceptTimeout, long totalOutboundBytes) {

    static HostOptions defaults() {
        return new HostOptions(Duration.ofSeconds(15), Integer.MAX_VALUE, Duration.ofSeconds(10), 256L << 20);
    }

    HostOptions withHeartbeat(Duration interval) {
        return new HostOptions(interval, perAddress, acceptTimeout, totalOutboundBytes);
    }

    HostOptions withPerAddress(int connections) {
        return new HostOptions(heartbeat, connections, acceptTimeout, totalOutboundBytes);
    }

    HostOptions withAcceptTimeout(Duration timeout) {
        return new HostOptions(heartbeat, perAddress, timeout, totalOutboundBytes);
    }

    HostOptions withTotalOutboundBytes(long bytes) {
        return new HostOptions(heartbeat, perAddress, acceptTimeout, bytes);
    }

    List<Object> arguments() {
        return List.of(heartbeat, perAddress, acceptTimeout, totalOutboundBytes);
    }

    static HostOptions parse(List<String> arguments) {
        return new HostOptions(
                Duration.parse(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Duration.parse(arguments.get(2)),
                Long.parseLong(arguments.get(3)));
    }
}
