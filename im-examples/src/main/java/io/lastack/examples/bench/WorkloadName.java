package io.lastack.examples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the devices do. */
enum WorkloadName {
    /** Users in pairs. */
    W1,
    /** One group. */
    W2,
    /** Many messages wait for a device. */
    W3;

    /** @param text a name in any case, or {@code all} */
    static List<WorkloadName> parse(String text) {
        if (text.equalsIgnoreCase("all")) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(workload -> workload.name().equalsIgnoreCase(text))
                .findFirst()
                .map(List::of)
                .orElseThrow(() ->
                        new IllegalArgumentException("--workload " + text + " is not allowed; w1, w2, w3 or all are"));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
