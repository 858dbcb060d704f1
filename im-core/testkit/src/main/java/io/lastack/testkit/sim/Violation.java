package io.lastack.testkit.sim;

/**
 * An invariant did not hold.
 *
 * @param step the step, from 1; one more than the number of steps means: after the faults had stopped
 * @param text what was seen, and what should have been
 */
public record Violation(Invariant invariant, int step, String text) {
    @Override
    public String toString() {
        return invariant + " at step " + step + ": " + text;
    }
}
