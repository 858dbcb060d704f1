package io.lastack.examples.nodes;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When the clients of a node that was stopped in good order were online again.
 *
 * @param atNanos in ascending order
 */
record Comebacks(List<Long> atNanos) {
    /** From how long a node draws the moment of each client. */
    private static final double SPREAD_SECONDS = 2;
    /** So many times the deviation of one second: the busiest of all seconds counts, and what a busy machine holds up. */
    private static final int DEVIATIONS = 6;

    static Comebacks of(List<Person> people) {
        return new Comebacks(people.stream()
                .flatMap(person -> person.onlineAt.stream())
                .sorted()
                .toList());
    }

    int count() {
        return atNanos.size();
    }

    int mostInASecond() {
        int most = 0;
        int from = 0;
        for (int to = 0; to < atNanos.size(); to++) {
            while (atNanos.get(to) - atNanos.get(from) > TimeUnit.SECONDS.toNanos(1)) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** How many may come within one second: a second's part of what is drawn from, and what chance adds. */
    int allowedInASecond() {
        double part = 1 / SPREAD_SECONDS;
        return (int) Math.ceil(count() * part + DEVIATIONS * Math.sqrt(count() * part * (1 - part)));
    }
}
