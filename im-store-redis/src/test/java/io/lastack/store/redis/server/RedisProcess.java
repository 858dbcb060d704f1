package io.lastack.store.redis.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Redis server: a real process, with its data on the disk, and an append-only file. */
public final class RedisProcess implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final long START_SECONDS = 60;
    private static final int KEPT_LINES = 50;

    private final Path directory;
    private final int port;
    private final List<String> command;

    /** What it says when it has started. */
    private final String ready;

    private Process process;

    private RedisProcess(Path directory, int port, String ready, List<String> command) throws IOException {
        this.ready = ready;
        this.directory = directory;
        this.port = port;
        this.command = command;
        this.process = run();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts one with settings beside the usual ones, such as {@code --appendfsync always}. */
    public static RedisProcess start(RedisVersion version, String... settings) throws IOException {
        Path directory = newDirectory("redis-data-");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                version.executable().toString(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                // It would cut a transaction in two that it finds unfinished; see restart().
                "--aof-load-truncated",
                "no",
                "--daemonize",
                "no"));
        command.addAll(List.of(settings));
        return new RedisProcess(directory, port, "eady to accept connections", command);
    }

    /** Starts a Sentinel with a configuration, of which its port and directory are left out. */
    static RedisProcess startSentinel(RedisVersion version, List<String> configuration) throws IOException {
        Path directory = newDirectory("redis-sentinel-");
        int port = freePort();
        List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
        lines.addAll(configuration);
        Path file = Files.write(directory.resolve("sentinel.conf"), lines);
        return new RedisProcess(
                directory, port, "+monitor", List.of(version.executable().toString(), file.toString(), "--sentinel"));
    }

    static Path newDirectory(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(TARGET), name);
    }

    /** Free now, as its cluster port, 10,000 above, is. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = socket.getLocalPort();
                if (port <= 55_535 && isFree(port + 10_000)) {
                    return port;
                }
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends it at once, as a crash does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("redis-server does not end");
        }
    }

    /**
     * Starts it again, on the same port and with the same data, after a {@link #kill}. What the kill left unfinished at the end
     * of the append-only file is cut off before, as operators have to.
     */
    public void restart() throws IOException {
        AppendOnlyFile.mend(Path.of(command.get(0)), directory);
        process = run();
    }

    /** Deletes its data, after a {@link #kill}. */
    public void forget() throws IOException {
        delete(directory);
        Files.createDirectories(directory);
    }

    private Process run() throws IOException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        Deque<String> said = new ArrayDeque<>();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(started, said, ready), "redis-output");
        reader.setDaemon(true);
        reader.start();
        if (!ready.completeOnTimeout(false, START_SECONDS, TimeUnit.SECONDS).join()) {
            started.destroyForcibly();
            synchronized (said) {
                throw new IOException("redis-server does not start: " + String.join("\n", said));
            }
        }
        return started;
    }

    private void read(Process server, Deque<String> said, CompletableFuture<Boolean> started) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (said) {
                    said.addLast(line);
                    if (said.size() > KEPT_LINES) {
                        said.removeFirst();
                    }
                }
                if (line.contains(ready)) {
                    started.complete(true);
                }
            }
        } catch (IOException e) {
            // The process ended.
        }
        started.complete(false);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(START_SECONDS, TimeUnit.SECONDS);
            delete(directory);
        } catch (IOException | UncheckedIOException | InterruptedException e) {
            System.err.println("redis-server did not end in good order: " + e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
