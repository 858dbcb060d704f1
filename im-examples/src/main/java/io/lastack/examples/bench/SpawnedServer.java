package io.lastack.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of the same jar in a process of its own, on a free port and an empty directory, gone at the end. */
final class SpawnedServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String READY = "LastAck listens. Open ";

    private final Process process;
    private final Path directory;
    private final Path output;
    private final URI url;

    private SpawnedServer(Process process, Path directory, Path output) throws IOException, InterruptedException {
        this.process = process;
        this.directory = directory;
        this.output = output;
        try {
            this.url = awaitUrl();
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * @param jvmOptions as {@code -Xmx512m}
     * @param serverOptions as {@code --db-url}; without one, the server keeps its data in the directory
     */
    static SpawnedServer start(String secret, List<String> jvmOptions, List<String> serverOptions)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("lastack-bench");
        Path output = directory.resolve("server.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.lastack.examples.Main"));
        command.addAll(
                List.of("--port", "0", "--data", directory.resolve("data").toString()));
        // A load is what limits are there to refuse; who wants to see them at work says so.
        if (serverOptions.stream().noneMatch(option -> option.startsWith("--rate-limits"))) {
            command.add("--rate-limits=off");
        }
        command.addAll(serverOptions);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LASTACK_JWT_SECRET", secret);
        return new SpawnedServer(builder.start(), directory, output);
    }

    URI url() {
        return url;
    }

    ServerUnderTest underTest() {
        return new ServerUnderTest(
                () -> EngineStatus.ask(url), Optional.of(process.toHandle()), Optional.of(directory.resolve("data")));
    }

    private URI awaitUrl() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            Optional<URI> address = readyLine();
            if (address.isPresent()) {
                return URI.create("ws://" + address.get().getAuthority() + "/im");
            }
            Thread.sleep(50);
        }
        throw new IOException("the server did not start; it said: " + Files.readString(output));
    }

    private Optional<URI> readyLine() throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith(READY))
                    .map(line -> URI.create(line.substring(READY.length()).strip()))
                    .findFirst();
        }
    }

    /** What the server wrote, without the lines about each connection, for when something went wrong. */
    List<String> complaints() {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.contains("WARN") || line.contains("ERROR"))
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            return List.of("what the server wrote cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete();
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + directory + " could not be removed", e);
        }
    }
}
