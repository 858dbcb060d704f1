package io.lastack.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.nodes.Workload.Cost;

/** What {@code docs/scaling.md} says that a message costs, beside what it did cost. */
final class Formulas {
    private static final double HEARTBEATS = 1;
    private static final double DIRECTORY_COMMANDS = 30;
    private static final int STATEMENTS_OF_APPEND = 6;
    private static final double OTHER_STATEMENTS = 30;

    private Formulas() {}

    /** @param nodes that ran, in each direct conversation two of them if there are several */
    static void check(int nodes, Cost cost) {
        double m = cost.messages();
        System.out.printf(
                "scaling: %d nodes, %d messages in %.1f s: each %.2f signals sent, %.2f received, %.2f Redis commands, %.2f"
                        + " statements, %.2f commits, %.2f rows of positions%n",
                nodes,
                cost.messages(),
                cost.seconds(),
                cost.sent() / m,
                cost.received() / m,
                cost.commands() / m,
                cost.statements() / m,
                cost.commits() / m,
                cost.positionRows() / m);
        // Figures are read one after another: heartbeats and the last positions come in between.
        double between = 2 * Workload.PEOPLE + 5 * nodes;
        double heartbeats = HEARTBEATS * nodes * cost.seconds();
        assertThat(cost.published())
                .as("Redis publishes what the nodes count as sent")
                .isBetween((long) (cost.sent() - between), (long) (cost.sent() + between));
        if (nodes == 1) {
            assertThat(cost.received()).isZero();
            assertThat((double) cost.sent()).as("a node alone sends heartbeats").isLessThan(heartbeats + between);
        } else {
            assertThat(cost.sent()).as("each commit is told").isGreaterThanOrEqualTo(cost.commits());
            assertThat((double) cost.sent())
                    .as("one signal for a message, one for a position, and heartbeats, at the most")
                    .isLessThan(m + cost.positionRows() + heartbeats + between);
            assertThat((double) cost.received())
                    .as("of a signal all other nodes hear, at the most")
                    .isLessThan((nodes - 1) * (cost.sent() + between));
        }
        assertThat((double) cost.commands())
                .as("Redis does nothing else for messages")
                .isLessThan(cost.published() + DIRECTORY_COMMANDS * nodes * (cost.seconds() + 1));
        assertThat(cost.commits()).as("at most one commit a message").isLessThanOrEqualTo(cost.messages());
        assertThat((double) cost.statements())
                .as("so many for a commit, and so many a second and node for positions and repair")
                .isLessThan(STATEMENTS_OF_APPEND * cost.commits() + OTHER_STATEMENTS * nodes * (cost.seconds() + 1));
    }
}
