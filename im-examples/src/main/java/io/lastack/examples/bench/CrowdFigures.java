package io.lastack.examples.bench;

import java.io.IOException;

/** The figures of what happened between two readings. */
record CrowdFigures(Meter meter, Reading before, Reading after, ServerUnderTest server) {
    Figures figures() throws IOException {
        double seconds = meter.seconds();
        long messages = meter.completedCount();
        long deliveries = meter.deliveredCount();
        Figures figures = new Figures()
                .put("measuredSeconds", seconds)
                .put("messages", messages)
                .put("messagesPerSecond", messages / seconds)
                .put("deliveriesPerSecond", deliveries / seconds)
                .putMillis("confirm", meter.confirmMicros())
                .putMillis("deliver", meter.deliverMicros());
        costs(figures, messages, deliveries);
        counters(figures, messages, deliveries);
        sizes(figures);
        return figures;
    }

    private void costs(Figures figures, long messages, long deliveries) {
        double client = after.clientCpuSecondsSince(before);
        after.serverCpuSecondsSince(before)
                .ifPresent(cpu -> figures.put("serverCpuPerMillionMessages", cpu / messages * 1e6)
                        .put("serverCpuPerMillionDeliveries", cpu / deliveries * 1e6)
                        .put("serverCores", cpu / after.secondsSince(before)));
        figures.put("clientCpuPerMillionMessages", client / messages * 1e6)
                .put("clientCpuPerMillionDeliveries", client / deliveries * 1e6)
                .put("clientCores", client / after.secondsSince(before));
    }

    private void counters(Figures figures, long messages, long deliveries) {
        after.countedSince(before, "appendCommits")
                .filter(commits -> commits > 0)
                .ifPresent(commits -> figures.put("messagesPerCommit", messages / (double) commits));
        after.countedSince(before, "ackRowsWritten")
                .ifPresent(rows -> figures.put("cursorRowsPerDelivery", rows / (double) deliveries));
        after.countedSince(before, "receiptsPushed")
                .ifPresent(pushes -> figures.put("receiptPushesPerDelivery", pushes / (double) deliveries));
    }

    private void sizes(Figures figures) throws IOException {
        server.residentBytes().ifPresent(bytes -> figures.put("serverResidentMegabytes", bytes / 1e6));
        var data = server.dataBytes();
        long stored =
                after.engine().map(engine -> engine.get("messagesAppended")).orElse(0L);
        if (data.isPresent() && stored > 0) {
            figures.put("diskBytesPerMessage", data.getAsLong() / (double) stored);
        }
    }
}
