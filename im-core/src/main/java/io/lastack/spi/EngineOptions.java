package io.lastack.spi;

import java.time.Duration;

/**
 * What a host may tune. Every default serves a server with thousands of connections; change one with its {@code with}
 * method.
 *
 * @param window how many messages may be unacknowledged on one connection
 * @param windowBytes how many bytes of them; a connection begins with 64 kB, and may have as many more on their way as it
 *     acknowledges; at least one message always fits
 * @param outboundBytes how many bytes of replies and other frames may wait for a connection besides the window; a
 *     consumer that is slower is closed with 4413
 * @param maxPacketBytes the largest packet that a transport accepts
 * @param maxBodyBytes the largest body of one message
 * @param maxFetch messages in one page of history
 * @param maxPendingRequests requests of one connection that may wait for their reply; more are answered with 429
 * @param heartbeat the interval of pings; a connection silent for two is closed with 4408
 * @param helloTimeout how long a connection may stay without hello; the login that follows is not counted
 * @param ackTimeout how long a message may stay unacknowledged before it is sent again
 * @param maxDeliveries how often a message is sent on one connection before the connection is closed with 4408
 * @param redeliveryBackoff the pause before the first redelivery; doubled for each further one, to 32 times at most
 * @param writeTimeout how long one write may take before the connection is killed as too slow
 * @param flushInterval how often moved cursors are stored and receipts sent: what a crash can cost in floors
 * @param repairInterval how late a message is, at the most, that another node or a host's transaction appended and that nobody
 *     told this node of: in two thirds of it, everything that the sessions of this node watch is compared with the store, and
 *     a third is left to the store's answers
 * @param tailBytes memory for the newest messages of watched conversations, for all together
 * @param appendBatch how many drafts are appended in one commit at the most
 * @param appendQueue how many drafts may wait for their append; more are answered with 503
 * @param maxGroupMembers how many members a group has at the most; what would make it larger is refused with 409
 * @param deviceStart where a device never seen before starts
 * @param devicesPerUser with how many devices a user may be connected
 * @param totalOutboundBytes memory for what waits to be written or is being written, for all connections together. Above
 *     five eighths of it messages wait in the log, and consumers that take nothing for a second are closed with 4413; a quarter of it
 *     is shared out equally among all connections, for who holds no more than that; nothing is queued
 *     above it
 * @param expiryWarning how long before the end of its token a client is told, at the most; half of the token's time
 *     where that is shorter
 * @param rateRefusals how often a connection may go over the {@link RateLimiter}'s limits within
 *     {@code rateRefusalPeriod}; the next time it is closed with 4429
 * @param rateRefusalPeriod see there
 * @param recallLimit how long after sending it an author may recall a message; zero for never
 * @param editLimit how long after sending it an author may edit a message; zero for never
 */
public record EngineOptions(
        int window,
        int windowBytes,
        int outboundBytes,
        int maxPacketBytes,
        int maxBodyBytes,
        int maxFetch,
        int maxPendingRequests,
        Duration heartbeat,
        Duration helloTimeout,
        Duration ackTimeout,
        int maxDeliveries,
        Duration redeliveryBackoff,
        Duration writeTimeout,
        Duration flushInterval,
        Duration repairInterval,
        long tailBytes,
        int appendBatch,
        int appendQueue,
        int maxGroupMembers,
        DeviceStart deviceStart,
        DevicesPerUser devicesPerUser,
        long totalOutboundBytes,
        Duration expiryWarning,
        int rateRefusals,
        Duration rateRefusalPeriod,
        Duration recallLimit,
        Duration editLimit) {
    private static final EngineOptions DEFAULTS = new EngineOptions(
            256,
            1 << 20,
            1 << 20,
            1 << 20,
            64 << 10,
            200,
            1_024,
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            4,
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            64L << 20,
            1_024,
            50_000,
            10_000,
            DeviceStart.FIRST_UNACKNOWLEDGED,
            DevicesPerUser.atMost(100),
            256L << 20,
            Duration.ofMinutes(1),
            50,
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15));

    public EngineOptions {
        atLeastOne("window", window);
        atLeastOne("windowBytes", windowBytes);
        atLeastOne("outboundBytes", outboundBytes);
        atLeastOne("maxPacketBytes", maxPacketBytes);
        atLeastOne("maxBodyBytes", maxBodyBytes);
        atLeastOne("maxFetch", maxFetch);
        atLeastOne("maxPendingRequests", maxPendingRequests);
        atLeastOne("maxDeliveries", maxDeliveries);
        atLeastOne("tailBytes", tailBytes);
        atLeastOne("appendBatch", appendBatch);
        atLeastOne("appendQueue", appendQueue);
        atLeastOne("totalOutboundBytes", totalOutboundBytes);
        atLeastOne("rateRefusals", rateRefusals);
        positive("expiryWarning", expiryWarning);
        positive("rateRefusalPeriod", rateRefusalPeriod);
        notNegative("recallLimit", recallLimit);
        notNegative("editLimit", editLimit);
        atLeastOne("maxGroupMembers", maxGroupMembers);
        positive("heartbeat", heartbeat);
        positive("helloTimeout", helloTimeout);
        positive("ackTimeout", ackTimeout);
        positive("redeliveryBackoff", redeliveryBackoff);
        positive("writeTimeout", writeTimeout);
        positive("flushInterval", flushInterval);
        positive("repairInterval", repairInterval);
    }

    public static EngineOptions defaults() {
        return DEFAULTS;
    }

    public EngineOptions withWindow(int messages, int bytes) {
        return copy().window(messages, bytes).build();
    }

    public EngineOptions withOutboundBytes(int bytes) {
        return copy().outboundBytes(bytes).build();
    }

    public EngineOptions withMaxPacketBytes(int bytes) {
        return copy().maxPacketBytes(bytes).build();
    }

    public EngineOptions withMaxBodyBytes(int bytes) {
        return copy().maxBodyBytes(bytes).build();
    }

    public EngineOptions withHeartbeat(Duration interval) {
        return copy().heartbeat(interval).build();
    }

    public EngineOptions withHelloTimeout(Duration timeout) {
        return copy().helloTimeout(timeout).build();
    }

    public EngineOptions withRedelivery(Duration ackTimeout, Duration backoff, int maxDeliveries) {
        return copy().redelivery(ackTimeout, backoff, maxDeliveries).build();
    }

    public EngineOptions withWriteTimeout(Duration timeout) {
        return copy().writeTimeout(timeout).build();
    }

    public EngineOptions withFlushInterval(Duration interval) {
        return copy().flushInterval(interval).build();
    }

    public EngineOptions withRepairInterval(Duration interval) {
        return copy().repairInterval(interval).build();
    }

    public EngineOptions withTailBytes(long bytes) {
        return copy().tailBytes(bytes).build();
    }

    public EngineOptions withAppend(int batch, int queue) {
        return copy().append(batch, queue).build();
    }

    public EngineOptions withMaxGroupMembers(int members) {
        return copy().maxGroupMembers(members).build();
    }

    public EngineOptions withDeviceStart(DeviceStart start) {
        return copy().deviceStart(start).build();
    }

    public EngineOptions withDevicesPerUser(DevicesPerUser rule) {
        return copy().devicesPerUser(rule).build();
    }

    public EngineOptions withTotalOutboundBytes(long bytes) {
        return copy().totalOutboundBytes(bytes).build();
    }

    public EngineOptions withExpiryWarning(Duration lead) {
        return copy().expiryWarning(lead).build();
    }

    public EngineOptions withRateRefusals(int refusals, Duration period) {
        return copy().rateRefusals(refusals, period).build();
    }

    public EngineOptions withRevisionLimits(Duration recall, Duration edit) {
        return copy().revisionLimits(recall, edit).build();
    }

    private EngineOptionsCopy copy() {
        return new EngineOptionsCopy(this);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; 1 or more is");
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; zero or more is");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; more than zero is");
        }
    }
}
