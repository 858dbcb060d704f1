package io.lastack.testkit.sim;

import static io.lastack.session.CloseReason.GOING_AWAY;
import static io.lastack.session.CloseReason.REPLACED;
import static io.lastack.session.CloseReason.SILENT;
import static io.lastack.session.CloseReason.TOO_SLOW;
import static io.lastack.session.CloseReason.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.memory.MemoryStore;
import io.lastack.mixed.MixedStore;
import io.lastack.spi.ImStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipping engine and client hold every invariant, whatever breaks; and what is said of a simulation is true. */
@ExtendWith(Quiet.class)
class SimulatorTest {
    private static final int THREADS = 2;
    private static final int FRESH_SEEDS =
            Integer.getInteger("lastack.seeds", Boolean.getBoolean("lastack.heavy") ? 300 : 40);

    private final Simulator standard = Simulator.of(Scenario.standard());

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everythingHoldsFromFreshSeeds() throws InterruptedException {
        Long given = Long.getLong("lastack.seed");
        long first = given == null ? new SplittableRandom().nextLong(1L << 40) : given;
        System.out.println(FRESH_SEEDS + " simulations from seed " + first + ": repeat with -Dlastack.seed=" + first);
        long began = System.nanoTime();
        Campaign campaign = Campaign.run(standard, first, FRESH_SEEDS, THREADS);
        System.out.println(
                campaign + " in " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        assertThat(campaign.failed()).as(() -> explain(campaign)).isEmpty();
    }

    private String explain(Campaign campaign) {
        return campaign.failed().isEmpty()
                ? ""
                : standard.check(campaign.failed().get(0))
                        .map(Failure::toString)
                        .orElse("not repeatable");
    }

    @Test
    void everySeedThatEverFailedPasses() throws IOException {
        for (String line : linesOf("seeds-that-failed.txt")) {
            String[] parts = line.split(" ", 4);
            boolean bus = parts[0].endsWith("+bus");
            Scenario standard = bus ? Scenario.standard() : Scenario.standard().withoutBus();
            Scenario scenario = standard.withNodes(Integer.parseInt(parts[0].replace("+bus", "")));
            for (String weight : parts[2].equals("-") ? new String[0] : parts[2].split(",")) {
                String[] pair = weight.split("=", 2);
                scenario = scenario.with(Activity.valueOf(pair[0]), Integer.parseInt(pair[1]));
            }
            long seed = Long.parseLong(parts[1]);
            assertThat(Simulator.of(scenario).check(seed)).as(line).isEmpty();
        }
    }

    private static List<String> linesOf(String resource) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(SimulatorTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void nothingBreaksWhereNothingIsBroken() {
        Simulator calm = Simulator.of(Scenario.standard().withoutFaults().withSteps(300));
        LongStream.range(0, 5)
                .forEach(seed -> assertThat(calm.check(seed)).as("seed " + seed).isEmpty());
    }

    @Test
    void oneNodeTwoWithoutABusAndManyHoldEverythingToo() {
        for (int nodes : new int[] {1, 2, 4}) {
            Scenario scenario = Scenario.standard().withNodes(nodes).withSteps(400);
            Simulator some = Simulator.of(nodes == 2 ? scenario.withoutBus() : scenario);
            LongStream.range(0, 5)
                    .forEach(seed -> assertThat(some.check(seed))
                            .as(nodes + " nodes, seed " + seed)
                            .isEmpty());
        }
    }

    @Test
    void everythingHoldsWherePositionsLieInAnotherStore() {
        Simulator mixed = Simulator.of(Scenario.standard().withStore(new MixedStores()));
        LongStream.range(0, Math.max(10, FRESH_SEEDS / 4))
                .forEach(
                        seed -> assertThat(mixed.check(seed)).as("seed " + seed).isEmpty());
    }

    /** The store of the positions outlives a log that comes back from a backup. For one simulation after the other. */
    private static final class MixedStores implements Function<String, ImStore> {
        private ImStore positions = MemoryStore.create();

        @Override
        public ImStore apply(String epoch) {
            if (epoch.equals("epoch-1")) {
                positions = MemoryStore.create();
            }
            return MixedStore.of(MemoryStore.create(epoch), positions);
        }
    }

    @Test
    void theFaultsMeetEveryWayInWhichAnEngineEndsAConnection() {
        List<String> closes = LongStream.rangeClosed(1, 20)
                .mapToObj(standard::runWithTrace)
                .flatMap(run -> run.trace().stream())
                .filter(line -> line.contains("<- close"))
                .map(String::strip)
                .toList();
        for (int code : new int[] {GOING_AWAY, UNAUTHENTICATED, SILENT, REPLACED, TOO_SLOW}) {
            assertThat(closes).anyMatch(line -> line.endsWith(" " + code));
        }
        assertThat(closes).anyMatch(line -> line.contains("too slow for the outbound limit"));
    }

    @Test
    void theSameSeedGivesTheSameSimulation() {
        List<Long> first = hashes();
        assertThat(hashes()).isEqualTo(first).doesNotHaveDuplicates();
        assertThat(standard.runWithTrace(1).hash()).as("with a trace too").isEqualTo(first.get(0));
    }

    @Test
    void theSameSeedGivesTheSameSimulationInAnotherProcess() throws IOException, InterruptedException {
        java.lang.Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Printing.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            printed = output.lines().filter(line -> line.startsWith("hashes ")).collect(Collectors.joining("\n"));
        }
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).isEqualTo("hashes " + hashes());
    }

    private static List<Long> hashes() {
        Simulator simulator = Simulator.of(Scenario.standard());
        return LongStream.rangeClosed(1, 6)
                .mapToObj(seed -> simulator.run(seed).hash())
                .toList();
    }

    /** The other process. */
    static final class Printing {
        public static void main(String[] args) {
            new Quiet().beforeAll(null);
            System.out.println("hashes " + hashes());
        }
    }

    @Test
    void aFailureIsMadeShortAndCanBeRead() {
        Simulator broken = Simulator.of(Scenario.standard().withStore(ForgetfulStore::new));
        Failure failure = broken.check(1).orElseThrow();

        assertThat(failure.violation().invariant()).isEqualTo(Invariant.POSITIONS_NEVER_FALL);
        assertThat(failure.steps()).as("of 1,000").hasSizeLessThan(40);
        assertThat(failure.toString())
                .contains("seed 1: POSITIONS_NEVER_FALL")
                .contains("steps are enough")
                .contains("VIOLATION");
        assertThat(broken.check(1)).as("repeated").contains(failure);
    }
}
