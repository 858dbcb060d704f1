package io.lastack;

import java.util.List;

/**
 * Whether an engine can do its work.
 *
 * @param problems what keeps it from its work, one sentence each, for whoever runs the server; empty if nothing does
 * @param warnings what is wrong and does not keep it from its work: taking the node out of service would make it worse
 */
public record Health(List<String> problems, List<String> warnings) {
    public Health {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    public boolean isUp() {
        return problems.isEmpty();
    }
}
