package io.lastack.testkit.sim.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A change to one shipping source file. The shipping code itself has no hooks for it. */
record Patch(String type, List<Replacement> replacements) {
    /** Where the tests of this module find the sources of the core. */
    private static final Path SOURCES = Path.of("..", "src", "main", "java");

    record Replacement(String text, String by) {}

    static Patch of(String type) {
        return new Patch(type, List.of());
    }

    /** @param text which must occur in the file exactly once */
    Patch replacing(String text, String by) {
        List<Replacement> more = new ArrayList<>(replacements);
        more.add(new Replacement(text, by));
        return new Patch(type, more);
    }

    Path file() {
        return SOURCES.resolve(type.replace('.', '/') + ".java");
    }

    /** @throws IllegalStateException if a text is not there exactly once: the code has changed, and the patch must follow */
    String source() throws IOException {
        String source = Files.readString(file());
        for (Replacement replacement : replacements) {
            int at = source.indexOf(replacement.text());
            if (at < 0 || source.indexOf(replacement.text(), at + 1) >= 0) {
                throw new IllegalStateException(file() + " does not contain exactly once: " + replacement.text());
            }
            source = source.replace(replacement.text(), replacement.by());
        }
        return source;
    }
}
