package io.lastack.store.jdbc.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that is one process and says when it is ready, as MariaDB and MySQL do. */
abstract class ProcessServer extends TestServer {
    static final long START_SECONDS = 120;
    static final String USER = "im";
    static final String PASSWORD = "secret-of-im";

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int KEPT_LINES = 50;

    private final Path directory;
    private final int port;
    private final List<String> command;
    private Process process;

    /**
     * @param directory of its data, deleted at its end
     * @param command with what it needs to run on that port
     */
    ProcessServer(Path directory, int port, List<String> command) throws IOException, InterruptedException {
        this.directory = directory;
        this.port = port;
        this.command = command;
        process = run();
    }

    static Path newDirectory(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(TARGET), name);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void await(Process process, String what) throws IOException, InterruptedException {
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(what);
        }
    }

    private Process run() throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        Deque<String> said = new ArrayDeque<>();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(started, said, ready), "database-output");
        reader.setDaemon(true);
        reader.start();
        if (!ready.completeOnTimeout(false, START_SECONDS, TimeUnit.SECONDS).join()) {
            started.destroyForcibly();
            throw new IOException(command.get(0) + " does not start: " + last(said));
        }
        return started;
    }

    private static void read(Process server, Deque<String> said, CompletableFuture<Boolean> ready) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (said) {
                    said.addLast(line);
                    if (said.size() > KEPT_LINES) {
                        said.removeFirst();
                    }
                }
                if (line.contains("ready for connections")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            // The process ended.
        }
        ready.complete(false);
    }

    private static String last(Deque<String> said) {
        synchronized (said) {
            return String.join("\n", said);
        }
    }

    public final int port() {
        return port;
    }

    @Override
    final String adminUrl() {
        return url("");
    }

    @Override
    public final void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(command.get(0) + " does not end");
        }
    }

    @Override
    public final void restart() throws IOException, InterruptedException {
        process = run();
    }

    @Override
    public final void close() {
        try {
            kill();
            Directories.delete(directory);
        } catch (IOException | InterruptedException e) {
            System.err.println(command.get(0) + " did not end in good order: " + e);
        }
    }
}
