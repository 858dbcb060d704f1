package io.lastack.internal.repair;

import java.util.ArrayList;
import java.util.List;

/** What one call to the store asks for. */
final class Batches {
    private static final int MOST = 500;

    private Batches() {}

    /** The things in lists of {@value #MOST}, the last of them shorter; none where there are no things. */
    static <T> List<List<T>> of(List<T> things) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < things.size(); from += MOST) {
            batches.add(things.subList(from, Math.min(things.size(), from + MOST)));
        }
        return batches;
    }
}
