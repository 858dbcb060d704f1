package io.lastack.spi;

import java.time.Duration;

/** The mutable copy behind the {@code with} methods of {@link EngineOptions}. */
final class EngineOptionsCopy {
    private int window;
    private int windowBytes;
    private int outboundBytes;
    private int maxPacketBytes;
    private int maxBodyBytes;
    private int maxFetch;
    private int maxPendingRequests;
    private Duration heartbeat;
    private Duration helloTimeout;
    private Duration ackTimeout;
    private int maxDeliveries;
    private Duration redeliveryBackoff;
    private Duration writeTimeout;
    private Duration flushInterval;
    private Duration repairInterval;
    private long tailBytes;
    private int appendBatch;
    private int appendQueue;
    private int maxGroupMembers;
    private DeviceStart deviceStart;
    private DevicesPerUser devicesPerUser;
    private long totalOutboundBytes;
    private Duration expiryWarning;
    private int rateRefusals;
    private Duration rateRefusalPeriod;
    private Duration recallLimit;
    private Duration editLimit;

    EngineOptionsCopy(EngineOptions from) {
        window = from.window();
        windowBytes = from.windowBytes();
        outboundBytes = from.outboundBytes();
        maxPacketBytes = from.maxPacketBytes();
        maxBodyBytes = from.maxBodyBytes();
        maxFetch = from.maxFetch();
        maxPendingRequests = from.maxPendingRequests();
        heartbeat = from.heartbeat();
        helloTimeout = from.helloTimeout();
        ackTimeout = from.ackTimeout();
        maxDeliveries = from.maxDeliveries();
        redeliveryBackoff = from.redeliveryBackoff();
        writeTimeout = from.writeTimeout();
        flushInterval = from.flushInterval();
        repairInterval = from.repairInterval();
        tailBytes = from.tailBytes();
        appendBatch = from.appendBatch();
        appendQueue = from.appendQueue();
        maxGroupMembers = from.maxGroupMembers();
        deviceStart = from.deviceStart();
        devicesPerUser = from.devicesPerUser();
        totalOutboundBytes = from.totalOutboundBytes();
        expiryWarning = from.expiryWarning();
        rateRefusals = from.rateRefusals();
        rateRefusalPeriod = from.rateRefusalPeriod();
        recallLimit = from.recallLimit();
        editLimit = from.editLimit();
    }

    EngineOptionsCopy window(int messages, int bytes) {
        window = messages;
        windowBytes = bytes;
        return this;
    }

    EngineOptionsCopy outboundBytes(int bytes) {
        outboundBytes = bytes;
        return this;
    }

    EngineOptionsCopy maxPacketBytes(int bytes) {
        maxPacketBytes = bytes;
        return this;
    }

    EngineOptionsCopy maxBodyBytes(int bytes) {
        maxBodyBytes = bytes;
        return this;
    }

    EngineOptionsCopy heartbeat(Duration interval) {
        heartbeat = interval;
        return this;
    }

    EngineOptionsCopy helloTimeout(Duration timeout) {
        helloTimeout = timeout;
        return this;
    }

    EngineOptionsCopy redelivery(Duration timeout, Duration backoff, int deliveries) {
        ackTimeout = timeout;
        redeliveryBackoff = backoff;
        maxDeliveries = deliveries;
        return this;
    }

    EngineOptionsCopy writeTimeout(Duration timeout) {
        writeTimeout = timeout;
        return this;
    }

    EngineOptionsCopy flushInterval(Duration interval) {
        flushInterval = interval;
        return this;
    }

    EngineOptionsCopy repairInterval(Duration interval) {
        repairInterval = interval;
        return this;
    }

    EngineOptionsCopy tailBytes(long bytes) {
        tailBytes = bytes;
        return this;
    }

    EngineOptionsCopy append(int batch, int queue) {
        appendBatch = batch;
        appendQueue = queue;
        return this;
    }

    EngineOptionsCopy maxGroupMembers(int members) {
        maxGroupMembers = members;
        return this;
    }

    EngineOptionsCopy deviceStart(DeviceStart start) {
        deviceStart = start;
        return this;
    }

    EngineOptionsCopy devicesPerUser(DevicesPerUser rule) {
        devicesPerUser = rule;
        return this;
    }

    EngineOptionsCopy totalOutboundBytes(long bytes) {
        totalOutboundBytes = bytes;
        return this;
    }

    EngineOptionsCopy expiryWarning(Duration lead) {
        expiryWarning = lead;
        return this;
    }

    EngineOptionsCopy rateRefusals(int refusals, Duration period) {
        rateRefusals = refusals;
        rateRefusalPeriod = period;
        return this;
    }

    EngineOptionsCopy revisionLimits(Duration recall, Duration edit) {
        recallLimit = recall;
        editLimit = edit;
        return this;
    }

    EngineOptions build() {
        return new EngineOptions(
                window,
                windowBytes,
                outboundBytes,
                maxPacketBytes,
                maxBodyBytes,
                maxFetch,
                maxPendingRequests,
                heartbeat,
                helloTimeout,
                ackTimeout,
                maxDeliveries,
                redeliveryBackoff,
                writeTimeout,
                flushInterval,
                repairInterval,
                tailBytes,
                appendBatch,
                appendQueue,
                maxGroupMembers,
                deviceStart,
                devicesPerUser,
                totalOutboundBytes,
                expiryWarning,
                rateRefusals,
                rateRefusalPeriod,
                recallLimit,
                editLimit);
    }
}
