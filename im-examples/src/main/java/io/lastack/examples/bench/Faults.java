package io.lastack.examples.bench;

import java.util.ArrayList;
import java.util.List;

/** What was not as it must be: all are counted, the first few are kept in words. Thread-safe. */
final class Faults {
    private static final int KEPT = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    synchronized void add(String fault) {
        count++;
        if (first.size() < KEPT) {
            first.add(fault);
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
