package io.lastack.mixed;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.ReadAdvance;
import java.util.Comparator;
import java.util.List;

/** Lists of advances as the contract has them, refused before either store is asked. */
final class Sorted {
    private static final Comparator<AckAdvance> BY_KEY = Comparator.comparing(AckAdvance::key);
    private static final Comparator<ReadAdvance> BY_CONVERSATION_AND_USER =
            Comparator.comparing(ReadAdvance::conversation).thenComparing(ReadAdvance::user);

    private Sorted() {}

    static List<AckAdvance> acks(List<AckAdvance> advances) {
        return checked(advances, BY_KEY);
    }

    static List<ReadAdvance> reads(List<ReadAdvance> advances) {
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
