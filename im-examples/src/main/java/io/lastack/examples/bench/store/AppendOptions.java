package io.lastack.examples.bench.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param bareUrl an empty database for the bare loop; null for H2 files of the benchmark's own
 * @param storeUrl an empty database for the store
 * @param redisUrl a Redis for the store, without a bare loop beside it; null for a database
 * @param looks whether the bare loop looks for repeats, as the store does
 * @param turns how many turns of each are counted
 * @param writers how many lists are under way at once
 * @param sizes how many messages a list has
 */
record AppendOptions(
        @Nullable String bareUrl,
        @Nullable String storeUrl,
        @Nullable String redisUrl,
        boolean looks,
        int turns,
        int writers,
        List<Integer> sizes) {
    private static final int DEFAULT_TURNS = 5;
    private static final List<Integer> DEFAULT_SIZES = List.of(1, 64, 256);

    /** @throws IllegalArgumentException if an argument is not understood */
    static AppendOptions of(String... args) {
        String bareUrl = null;
        String storeUrl = null;
        String redisUrl = null;
        boolean looks = true;
        int turns = DEFAULT_TURNS;
        int writers = 1;
        List<Integer> sizes = new ArrayList<>();
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            if (arg.startsWith("--bare=")) {
                bareUrl = value;
            } else if (arg.startsWith("--store=")) {
                storeUrl = value;
            } else if (arg.startsWith("--redis=")) {
                redisUrl = value;
            } else if (arg.equals("--no-look")) {
                looks = false;
            } else if (arg.startsWith("--turns=")) {
                turns = Integer.parseInt(value);
            } else if (arg.startsWith("--writers=")) {
                writers = Integer.parseInt(value);
            } else {
                sizes.add(Integer.parseInt(arg));
            }
        }
        if ((bareUrl == null) != (storeUrl == null)) {
            throw new IllegalArgumentException(
                    "--bare and --store go together, each with the URL of an empty database");
        }
        return new AppendOptions(
                bareUrl, storeUrl, redisUrl, looks, turns, writers, sizes.isEmpty() ? DEFAULT_SIZES : sizes);
    }
}
