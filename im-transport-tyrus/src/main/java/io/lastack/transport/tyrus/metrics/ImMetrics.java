package io.lastack.transport.tyrus.metrics;

import io.lastack.EngineCounters;
import io.lastack.ImEngine;
import io.lastack.session.CloseReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows what {@link ImEngine#counters} and {@link ImEngine#presence} tell as meters whose names begin with {@code lastack.}:
 * {@code ImMetrics.of(im).bindTo(registry)}. Needs micrometer-core, which this module does not bring along. Reading the
 * meters costs the engine nothing and stops nothing.
 */
public final class ImMetrics implements MeterBinder {
    /** 0 stands for every other code. */
    private static final List<Integer> CODES = List.of(
            0,
            CloseReason.NORMAL,
            CloseReason.GOING_AWAY,
            CloseReason.PROTOCOL_ERROR,
            CloseReason.WRONG_KIND,
            1006,
            CloseReason.BAD_UTF8,
            CloseReason.POLICY,
            CloseReason.TOO_LARGE,
            CloseReason.SERVER_ERROR,
            CloseReason.UNAUTHENTICATED,
            CloseReason.SILENT,
            CloseReason.REPLACED,
            CloseReason.TOO_SLOW,
            CloseReason.RATE_LIMITED);

    private final ImEngine engine;

    private ImMetrics(ImEngine engine) {
        this.engine = engine;
    }

    public static ImMetrics of(ImEngine engine) {
        return new ImMetrics(engine);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        connections(registry);
        messages(registry);
        limits(registry);
        nodes(registry);
        Gauge.builder("lastack.up", engine, im -> im.health().isUp() ? 1 : 0)
                .description("1 if the engine's health check finds nothing wrong; asks the store")
                .register(registry);
    }

    private void connections(MeterRegistry registry) {
        gauge(
                registry,
                "lastack.connections",
                "Connections open now",
                c -> engine.presence().connections());
        gauge(
                registry,
                "lastack.users.active",
                "Users connected now",
                c -> engine.presence().usersOnline().size());
        counter(registry, "lastack.connections.opened", "Connections taken", EngineCounters::connectionsOpened);
        for (int code : CODES) {
            FunctionCounter.builder(
                            "lastack.connections.ended",
                            engine.counters(),
                            c -> c.connectionsEnded().getOrDefault(code, 0L))
                    .description("Connections that ended, by close code")
                    .tag("code", code == 0 ? "other" : String.valueOf(code))
                    .register(registry);
        }
    }

    private void messages(MeterRegistry registry) {
        counter(registry, "lastack.messages.appended", "Messages stored", EngineCounters::messagesAppended);
        counter(registry, "lastack.messages.delivered", "Messages offered to connections", EngineCounters::deliveries);
        FunctionTimer.builder(
                        "lastack.append",
                        engine.counters(),
                        EngineCounters::appendCommits,
                        EngineCounters::appendNanos,
                        TimeUnit.NANOSECONDS)
                .description("Commits of messages to the store")
                .register(registry);
        gauge(registry, "lastack.append.waiting", "Drafts that wait to be stored", EngineCounters::appendsWaiting);
        gauge(registry, "lastack.conversations.watched", "Watched conversations", EngineCounters::conversationsWatched);
        counter(registry, "lastack.conversations.repaired", "Gaps found", EngineCounters::conversationsRepaired);
        counter(registry, "lastack.cursors.acks.written", "Rows of ack cursors", EngineCounters::ackRowsWritten);
        counter(registry, "lastack.cursors.reads.written", "Rows of read cursors", EngineCounters::readRowsWritten);
        counter(registry, "lastack.receipts.pushed", "Receipts pushed", EngineCounters::receiptsPushed);
    }

    private void limits(MeterRegistry registry) {
        gauge(registry, "lastack.outbound.bytes", "Bytes that wait to be written", EngineCounters::outboundBytes);
        counter(
                registry,
                "lastack.outbound.closed",
                "Slow consumers closed to make room",
                EngineCounters::consumersClosedForMemory);
        counter(registry, "lastack.frames.limited", "Frames answered with 429", EngineCounters::framesOverLimit);
    }

    private void nodes(MeterRegistry registry) {
        gauge(registry, "lastack.bus.connected", "1 while signals pass", c -> c.busConnected() ? 1 : 0);
        gauge(registry, "lastack.bus.peers", "Other nodes", EngineCounters::peers);
        counter(registry, "lastack.bus.sent", "Signals sent", EngineCounters::signalsSent);
        counter(registry, "lastack.bus.received", "Signals received", EngineCounters::signalsReceived);
        counter(registry, "lastack.bus.dropped", "Signals dropped", EngineCounters::signalsDropped);
    }

    private void gauge(MeterRegistry registry, String name, String what, ToDoubleFunction<EngineCounters> value) {
        Gauge.builder(name, engine.counters(), value).description(what).register(registry);
    }

    private void counter(MeterRegistry registry, String name, String what, ToDoubleFunction<EngineCounters> value) {
        FunctionCounter.builder(name, engine.counters(), value)
                .description(what)
                .register(registry);
    }
}
