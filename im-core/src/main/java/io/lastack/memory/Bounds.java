package io.lastack.memory;

/** Checks of arguments. */
final class Bounds {
    private Bounds() {}

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; 1 or more is");
        }
    }
}
