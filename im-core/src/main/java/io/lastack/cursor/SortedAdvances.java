package io.lastack.cursor;

import java.util.Comparator;
import java.util.List;

/** Lists of advances as every store takes them: in order, and at most one for each cursor. For authors of stores. */
public final class SortedAdvances {
    private static final Comparator<AckAdvance> BY_KEY = Comparator.comparing(AckAdvance::key);
    private static final Comparator<ReadAdvance> BY_CONVERSATION_AND_USER =
            Comparator.comparing(ReadAdvance::conversation).thenComparing(ReadAdvance::user);

    private SortedAdvances() {}

    /**
     * A copy of a list that is sorted by key, at most one for each.
     *
     * @throws IllegalArgumentException if it is not so: which one is out of place
     */
    public static List<AckAdvance> acks(List<AckAdvance> advances) {
        return checked(advances, BY_KEY);
    }

    /**
     * A copy of a list that is sorted by conversation and user, at most one for each two.
     *
     * @throws IllegalArgumentException if it is not so: which one is out of place
     */
    public static List<ReadAdvance> reads(List<ReadAdvance> advances) {
        return checked(advances, BY_CONVERSATION_AND_USER);
    }

    private static <A> List<A> checked(List<A> advances, Comparator<A> order) {
        List<A> checked = List.copyOf(advances);
        for (int i = 1; i < checked.size(); i++) {
            if (order.compare(checked.get(i - 1), checked.get(i)) >= 0) {
                throw new IllegalArgumentException("the advance at index " + i + ", " + checked.get(i)
                        + ", does not come after the one before it; advances must be sorted, at most one per cursor");
            }
        }
        return checked;
    }
}
