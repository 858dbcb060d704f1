package io.lastack.examples.bench;

import java.util.OptionalDouble;

/**
 * At which rate latency is measured after the measurement at full speed.
 *
 * @param perSecond 0 for half of what full speed reached, negative for not at all
 */
record Rate(double perSecond) {
    private static final double HALF = 0;
    private static final double NONE = -1;

    static Rate parse(String text) {
        switch (text) {
            case "half" -> {
                return new Rate(HALF);
            }
            case "none" -> {
                return new Rate(NONE);
            }
            default -> {
                return new Rate(number(text));
            }
        }
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && number <= 10_000_000) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as to a number out of range.
        }
        throw new IllegalArgumentException(
                "--rate " + text + " is not allowed; half, none, or messages per second up to 10000000 are");
    }

    OptionalDouble given(double fullSpeed) {
        if (perSecond == HALF) {
            return OptionalDouble.of(fullSpeed / 2);
        }
        return perSecond < 0 ? OptionalDouble.empty() : OptionalDouble.of(perSecond);
    }
}
