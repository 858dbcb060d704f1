package io.lastack.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The server that is measured.
 *
 * @param process where it is known, on this machine, and not this one
 * @param data its data directory, where it is known
 */
record ServerUnderTest(StatusSource status, Optional<ProcessHandle> process, Optional<Path> data) {
    /** Tells what the engine has counted so far; empty if it does not tell. */
    @FunctionalInterface
    interface StatusSource {
        Optional<EngineStatus> now() throws InterruptedException;
    }

    /** Bytes of memory that the process holds, as Linux tells; empty elsewhere. */
    OptionalLong residentBytes() {
        if (process.isEmpty()) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.get().pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The size of all files in the data directory. */
    OptionalLong dataBytes() throws IOException {
        if (data.isEmpty()) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.walk(data.get())) {
            return OptionalLong.of(files.filter(Files::isRegularFile)
                    .mapToLong(ServerUnderTest::size)
                    .sum());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0; // gone since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
