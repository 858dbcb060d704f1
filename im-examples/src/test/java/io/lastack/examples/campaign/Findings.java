package io.lastack.examples.campaign;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is wrong, counted by kind, with the first few of each in words. */
final class Findings {
    private static final int SHOWN_OF_A_KIND = 5;

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<String> words = new ArrayList<>();

    enum Kind {
        /** A confirmed message is not in the log at its place, or was not shown to somebody who is owed it. */
        LOST,
        /** An application was shown something again that it need not see again, or out of order. */
        TWICE_OR_DISORDERED,
        /** Something was left out. */
        GAP,
        /** A position went back, or is ahead of what was confirmed. */
        REGRESSION,
        /** Somebody was shown what is not in the log, or not theirs. */
        FOREIGN,
        /** A device gave up connecting. */
        STOPPED
    }

    void add(Kind kind, String words) {
        if (counts.merge(kind, 1, Integer::sum) <= SHOWN_OF_A_KIND) {
            this.words.add(kind + ": " + words);
        }
    }

    int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    List<String> words() {
        return words;
    }
}
