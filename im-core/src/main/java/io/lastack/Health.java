package io.lastack;

import java.util.List;

/**
 * Whether an engine can do its work.
 *
 * @param problems what is wrong, one sentence each, for whoever runs the server; empty if nothing is
 */
public record Health(List<String> problems) {
    public Health {
        problems = List.copyOf(problems);
    }

    public boolean isUp() {
        return problems.isEmpty();
    }
}
