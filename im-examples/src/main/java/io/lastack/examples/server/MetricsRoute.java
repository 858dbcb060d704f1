package io.lastack.examples.server;

import io.lastack.ImEngine;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import io.lastack.transport.tyrus.metrics.ImMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code GET /metrics}: the engine's figures, in the text format of Prometheus. */
final class MetricsRoute {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MetricsRoute(ImEngine engine) {
        ImMetrics.of(engine).bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    void addTo(HttpRoutes.Builder routes) {
        routes.get("/metrics", call -> HttpReply.text(200, registry.scrape()).with("Cache-Control", "no-store"));
    }
}
