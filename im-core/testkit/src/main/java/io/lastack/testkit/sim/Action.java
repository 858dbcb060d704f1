package io.lastack.testkit.sim;

/**
 * One step of a plan.
 *
 * @param a chooses who; with {@code b} and {@code c} its meaning is that of the activity, and any number will do, so that
 *     a plan makes sense with any of its steps left out
 * @param pauseNanos how much time passes afterwards; 0 for a few tasks only
 */
record Action(Activity activity, int a, int b, int c, long pauseNanos) {
    @Override
    public String toString() {
        return activity + "(" + a + ", " + b + ", " + c + ") then "
                + (pauseNanos == 0 ? "a few tasks" : pauseNanos / 1_000 + " us");
    }
}
