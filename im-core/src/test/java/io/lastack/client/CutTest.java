package io.lastack.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.memory.MemoryLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final boolean HEAVY = Boolean.getBoolean("lastack.heavy");
    private static final ClientOptions PIPELINED =
            ClientOptions.builder().maxInFlightPerConversation(4).build();

    @Test
    void whereverTheLinkIsCutOnceEveryMessageIsSeenOnceAndInOrder() {
        int frames = framesOfAnUndisturbedRun();
        for (int n = 1; n <= frames; n++) {
            Scenario scenario = scenarioWithoutPings();
            scenario.world.connector.cutAt = n;
            play(scenario, "cut at frame " + n);
            assertThat(scenario.world.server.sessions()).isEqualTo(2);
        }
        System.out.println("cut at each of " + frames + " frames");
    }

    @Test
    void whereverTheLinkIsCutTwiceEveryMessageIsSeenOnceAndInOrder() {
        int frames = framesOfAnUndisturbedRun();
        int step = HEAVY ? 1 : 7;
        for (int n = 1; n <= frames; n += step) {
            for (int further = 1; further <= 40; further += step) {
                Scenario scenario = scenarioWithoutPings();
                cutAgain(scenario.world, n, further);
                play(scenario, "cut at frame " + n + " and " + further + " later");
            }
        }
    }

    @Test
    void whateverHappensToTheLinksEveryMessageIsSeenOnceAndInOrder() {
        for (long seed = 1; seed <= (HEAVY ? 5_000 : 150); seed++) {
            Scenario scenario = scenario(seed);
            disturb(scenario.world, new SplittableRandom(seed));
            play(scenario, "seed " + seed);
        }
    }

    @Test
    void theSameSeedGivesTheSameTrace() {
        List<Object> one = traceOf(42);
        assertThat(one).hasSizeGreaterThan(300);
        assertThat(traceOf(42)).isEqualTo(one);
        assertThat(traceOf(43)).isNotEqualTo(one);
    }

    private static List<Object> traceOf(long seed) {
        Scenario scenario = scenario(seed);
        disturb(scenario.world, new SplittableRandom(seed));
        scenario.play();
        List<Object> trace = new ArrayList<>(scenario.world.seen.trace);
        trace.addAll(scenario.world.seen.waits);
        trace.addAll(scenario.world.server.received);
        return trace;
    }

    private static int framesOfAnUndisturbedRun() {
        Scenario scenario = scenarioWithoutPings();
        play(scenario, "undisturbed");
        int frames = scenario.world.connector.frames;
        assertThat(frames).isBetween(200, 2_000);
        assertThat(scenario.world.server.sessions()).isEqualTo(1);
        return frames;
    }

    private static Scenario scenarioWithoutPings() {
        Scenario scenario = scenario(1);
        scenario.world.server.heartbeatMillis = 0;
        return scenario;
    }

    private static Scenario scenario(long seed) {
        return new Scenario(new World(seed, b -> b.options(PIPELINED)));
    }

    private static void play(Scenario scenario, String what) {
        try {
            scenario.play();
            scenario.check();
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }

    private static void cutAgain(World world, int first, int further) {
        world.connector.cutAt = first;
        world.connector.afterCut = () -> world.connector.cutAt = first + further;
    }

    /** For half a minute, links are cut and frozen and the server is away, at times that the seed chooses. */
    private static void disturb(World world, RandomGenerator random) {
        for (int i = 0; i < 12; i++) {
            Duration when = Duration.ofMillis(random.nextLong(1, i < 8 ? 700 : 30_000));
            switch (random.nextInt(4)) {
                case 0 ->
                    world.runtime.schedule(when, () -> world.transport.links().forEach(MemoryLink::freeze));
                case 1 -> {
                    world.runtime.schedule(when, () -> world.transport.setReachable(false));
                    world.runtime.schedule(when.multipliedBy(2), () -> world.transport.setReachable(true));
                }
                case 2 -> {
                    int frame = random.nextInt(1, 400);
                    world.runtime.schedule(when, () -> world.connector.cutAt = world.connector.frames + frame);
                }
                default -> world.runtime.schedule(when, world.connector::cut);
            }
        }
    }
}
