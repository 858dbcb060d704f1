package io.lastack.store.jdbc;

/** Checks of arguments. */
final class Arguments {
    private Arguments() {}

    static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not allowed; 1 or more is");
        }
    }
}
