package io.lastack.examples.benchmark;

import io.lastack.cursor.AckCursor;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one acknowledgement costs, in nanoseconds, by the order in which acknowledgements come.
 *
 * <p>Each invocation acknowledges the next 128 seqs of one cursor once each, and leaves it with nothing above its
 * floor. Add {@code -prof gc} for bytes allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AckCursorBenchmark {
    private static final int SEQS = 128;
    private static final int WINDOW = 64;
    private static final long SHUFFLE_SEED = 64;

    private final AckCursor cursor = AckCursor.startingAt(0);
    private final int[] ascending = ascending();
    private final int[] shuffledWindows = shuffledWindows();
    private final int[] everySecondFirst = everySecondFirst();

    /** 1, 2, 3 … */
    @Benchmark
    @OperationsPerInvocation(SEQS)
    public long inOrder() {
        return acknowledge(ascending);
    }

    /** As 64 messages in flight may come back: each window of 64 in one fixed random order. */
    @Benchmark
    @OperationsPerInvocation(SEQS)
    public long outOfOrderWithinAWindow() {
        return acknowledge(shuffledWindows);
    }

    /**
     * The worst case: every second seq, from the highest down, makes 64 ranges, each before all others; then the gaps
     * close from the lowest up, and each takes the first range away.
     */
    @Benchmark
    @OperationsPerInvocation(SEQS)
    public long alternateGaps() {
        return acknowledge(everySecondFirst);
    }

    private long acknowledge(int[] order) {
        long floor = cursor.lastAck();
        for (int offset : order) {
            cursor.acked(floor + offset);
        }
        return cursor.lastAck();
    }

    private static int[] ascending() {
        return IntStream.rangeClosed(1, SEQS).toArray();
    }

    private static int[] shuffledWindows() {
        int[] order = ascending();
        Random random = new Random(SHUFFLE_SEED);
        for (int i = 0; i < SEQS; i++) {
            int windowStart = i - i % WINDOW;
            int other = windowStart + random.nextInt(i - windowStart + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    private static int[] everySecondFirst() {
        IntStream evenFromTheTop = IntStream.rangeClosed(1, SEQS / 2).map(i -> SEQS + 2 - 2 * i);
        IntStream oddFromTheBottom = IntStream.rangeClosed(1, SEQS / 2).map(i -> 2 * i - 1);
        return IntStream.concat(evenFromTheTop, oddFromTheBottom).toArray();
    }
}
