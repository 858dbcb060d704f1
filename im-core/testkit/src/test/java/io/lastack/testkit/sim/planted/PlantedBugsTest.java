package io.lastack.testkit.sim.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.testkit.sim.Quiet;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator finds what it is for: bugs put into the shipping code, each within the seeds that it states. */
@ExtendWith(Quiet.class)
class PlantedBugsTest {
    private static final long FIRST_SEED = 1;

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(PlantedBug bug) throws Exception {
        String found = hunt(bug.patch(), bug.seeds(), bug.bus());
        System.out.println(bug + ": seed and invariant: " + found + " (of " + bug.seeds() + ")");
        assertThat(found).as(bug.name()).isNotEqualTo("none");
    }

    static List<PlantedBug> bugs() {
        return PlantedBug.all();
    }

    @Test
    void whatIsNotBrokenPassesTheSameHunt() throws Exception {
        Patch nothing = Patch.of("io.lastack.cursor.AckCursor");
        assertThat(hunt(nothing, 20, true)).isEqualTo("none");
    }

    /** The simulator's groups are too small for what is done with large ones. */
    @Test
    void allHoldsWhereEveryGroupIsACrowd() throws Exception {
        Patch everybody = Patch.of("io.lastack.internal.fanout.Touched")
                .replacing("CROWD = 256", "CROWD = 0")
                .replacing("SLICE = 64", "SLICE = 1");
        assertThat(hunt(everybody, 100, true)).isEqualTo("none");
    }

    private static String hunt(Patch patch, int seeds, boolean bus) throws Exception {
        Class<?> hunt = PatchedClasses.of(patch).loadClass((bus ? Hunt.class : Hunt.WithoutBus.class).getName());
        @SuppressWarnings("unchecked")
        var hunter = (BiFunction<Long, Integer, String>)
                hunt.getDeclaredConstructor().newInstance();
        return hunter.apply(FIRST_SEED, seeds);
    }
}
