package io.lastack.examples.nodes;

import static io.lastack.examples.nodes.Crowd.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** A known number of messages in direct conversations whose two members are on different nodes, if there are several. */
final class Workload implements AutoCloseable {
    static final int PEOPLE = 12;
    private static final int EACH = 40;

    private final Nodes nodes;
    private final int running;
    private final List<Person> people = new ArrayList<>();

    /** @param running the first so many nodes run */
    Workload(Nodes nodes, int running, ImRuntime runtime) {
        this.nodes = nodes;
        this.running = running;
        Delays delays = new Delays();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(new Person("w" + running + "-" + i, nodes.only(i % running), runtime, Nodes.SECRET, delays));
        }
    }

    /** What it cost, once conversations are there and known to everybody. */
    Cost run() {
        people.forEach(person -> person.client.start());
        awaitThat("all are online", () -> people.stream().allMatch(Person::isOnline));
        everybodySends(1);
        long began = System.nanoTime();
        Cost before = read();
        for (int round = 2; round <= EACH + 1; round++) {
            everybodySends(round);
        }
        Cost cost = read().minus(before, (System.nanoTime() - began) / 1e9);
        people.forEach(person -> assertThat(person.wrong).isEmpty());
        assertThat(cost.messages()).isEqualTo(PEOPLE * EACH);
        return cost;
    }

    private void everybodySends(int round) {
        for (int i = 0; i < PEOPLE; i++) {
            people.get(i).send("user:" + people.get(i ^ 1).user);
        }
        awaitThat(
                "everybody has all messages of round " + round,
                () -> people.stream()
                        .allMatch(person -> person.confirmed.size() == round
                                && person.shown.values().stream()
                                                .mapToInt(Map::size)
                                                .sum()
                                        == 2 * round));
    }

    private Cost read() {
        long statements = nodes.statements();
        try (RedisClient redis = RedisClient.create(nodes.redis.url())) {
            String figures = redis.info("commandstats");
            return new Cost(
                    nodes.sum(running, "messagesAppended"),
                    nodes.sum(running, "appendCommits"),
                    nodes.sum(running, "ackRowsWritten") + nodes.sum(running, "readRowsWritten"),
                    nodes.sum(running, "signalsSent"),
                    nodes.sum(running, "signalsReceived"),
                    figures.lines()
                            .filter(line -> line.startsWith("cmdstat_publish:"))
                            .mapToLong(Workload::calls)
                            .sum(),
                    figures.lines()
                            .filter(line -> line.startsWith("cmdstat_"))
                            .mapToLong(Workload::calls)
                            .sum(),
                    statements,
                    0);
        }
    }

    private static long calls(String line) {
        String from = line.substring(line.indexOf("calls=") + "calls=".length());
        return Long.parseLong(from.substring(0, from.indexOf(',')));
    }

    @Override
    public void close() {
        people.forEach(Person::close);
    }

    /**
     * Of all nodes together.
     *
     * @param positionRows stored ack and read positions
     * @param published signals that Redis was given
     * @param commands of any sort that Redis carried out
     * @param statements that the database carried out, transactions' begins and ends included
     */
    record Cost(
            long messages,
            long commits,
            long positionRows,
            long sent,
            long received,
            long published,
            long commands,
            long statements,
            double seconds) {
        Cost minus(Cost before, double time) {
            return new Cost(
                    messages - before.messages,
                    commits - before.commits,
                    positionRows - before.positionRows,
                    sent - before.sent,
                    received - before.received,
                    published - before.published,
                    commands - before.commands,
                    statements - before.statements,
                    time);
        }
    }
}
