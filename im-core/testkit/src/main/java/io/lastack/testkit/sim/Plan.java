package io.lastack.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What happens in a simulation, step by step: drawn from the seed beforehand, so that a failing one can be shortened. */
record Plan(long seed, List<Action> actions) {
    private static final long MILLIS = 1_000_000;

    Plan {
        actions = List.copyOf(actions);
    }

    static Plan draw(Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Activity[] lots = lots(scenario);
        List<Action> actions = new ArrayList<>(scenario.steps());
        for (int step = 0; step < scenario.steps(); step++) {
            actions.add(new Action(
                    lots[random.nextInt(lots.length)],
                    random.nextInt(1 << 20),
                    random.nextInt(1 << 20),
                    random.nextInt(1 << 20),
                    pause(random)));
        }
        return new Plan(seed, actions);
    }

    private static Activity[] lots(Scenario scenario) {
        List<Activity> lots = new ArrayList<>();
        for (Activity activity : Activity.values()) {
            for (int i = scenario.weight(activity); i > 0; i--) {
                lots.add(activity);
            }
        }
        return lots.toArray(new Activity[0]);
    }

    /** Mostly less than a message needs on its way, so that much is under way at once; sometimes as long as a time-out. */
    private static long pause(SplittableRandom random) {
        int lot = random.nextInt(1_000);
        if (lot < 500) {
            return 0;
        }
        if (lot < 800) {
            return 1 + random.nextLong(5 * MILLIS);
        }
        if (lot < 955) {
            return random.nextLong(100 * MILLIS);
        }
        return random.nextLong(lot < 997 ? 800 * MILLIS : 6_000 * MILLIS);
    }
}
