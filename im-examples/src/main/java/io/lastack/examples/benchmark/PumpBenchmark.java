package io.lastack.examples.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one delivery costs the engine, in nanoseconds: a message of 200 bytes is sent, appended in memory, confirmed,
 * encoded, written to every receiver and acknowledged by all. On one thread, without a network; clients' frames come
 * decoded. Add {@code -prof gc} for bytes allocated.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class PumpBenchmark {
    /** A group of two: the time is that of a whole message, from sending to the last ack. */
    @Benchmark
    public void deliveryToOne(FanOut.ToOne group) {
        group.sendDeliverAcknowledge();
    }

    @Benchmark
    @OperationsPerInvocation(40)
    public void deliveryToForty(FanOut.ToForty group) {
        group.sendDeliverAcknowledge();
    }

    @Benchmark
    @OperationsPerInvocation(1_000)
    public void deliveryToThousand(FanOut.ToThousand group) {
        group.sendDeliverAcknowledge();
    }

    /** The whole life of one message between two users. */
    @Benchmark
    public void messageBetweenTwo(Pair pair) {
        pair.sendReplyDeliverAcknowledge();
    }
}
