package io.lastack.proto;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer against the codecs and the sessions of an engine: one of the targets in each build, all of them with
 * {@code -Dheavy=true}. {@code -Dlastack.fuzz=SECONDS} fuzzes each that long, and packs what it found below
 * {@code target/fuzz}.
 */
class CoverageGuidedFuzzTest {
    private static final long SECONDS = Long.getLong("lastack.fuzz", 0);
    private static final int PACKETS = Seeds.rounds(1_500);
    private static final int SCRIPTS = Seeds.rounds(100);

    /** Jazzer's start takes most of them where the machine is busy. */
    private static final int MAX_SECONDS = 600;

    private static final Random RANDOM = Seeds.random(CoverageGuidedFuzzTest.class);

    @ParameterizedTest
    @EnumSource
    void whatWasFoundOnceIsHandled(FuzzTarget target) {
        for (List<byte[]> inputs : List.of(FuzzCorpus.ofTheProtocol(target), FuzzCorpus.found(target))) {
            inputs.forEach(target::run);
        }
    }

    static Stream<FuzzTarget> targets() {
        FuzzTarget[] all = FuzzTarget.values();
        return SECONDS > 0 || Boolean.getBoolean("lastack.heavy")
                ? Stream.of(all)
                : Stream.of(all[RANDOM.nextInt(all.length)]);
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 1, unit = TimeUnit.DAYS) // The process has a bound of its own.
    void whateverTheBytesNothingFails(FuzzTarget target) throws Exception {
        FuzzRun run = new FuzzRun(target);
        if (SECONDS > 0) {
            System.out.println(run.fuzz("-max_total_time=" + SECONDS, RANDOM.nextLong(), SECONDS + MAX_SECONDS));
            System.out.println("packed into " + run.merge(MAX_SECONDS).toAbsolutePath());
        } else {
            int runs = target == FuzzTarget.SESSION ? SCRIPTS : PACKETS;
            run.fuzz("-runs=" + runs, RANDOM.nextLong(), MAX_SECONDS);
        }
    }
}
