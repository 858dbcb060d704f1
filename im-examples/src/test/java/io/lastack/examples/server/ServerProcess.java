package io.lastack.examples.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The runnable jar in a process of its own: started as a user would, and killed as nobody should. */
public final class ServerProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "lastack-server.jar").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path directory;
    private final List<String> options;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final List<String> log = new ArrayList<>();
    private Process process;
    private int port;

    private ServerProcess(Path directory, List<String> options) {
        this.directory = directory;
        this.options = options;
    }

    public static ServerProcess start(Path directory, String... options) {
        ServerProcess server = new ServerProcess(directory, List.of(options));
        server.start();
        return server;
    }

    /** Starts (again), on the same data; on the same port if it had one. */
    public void start() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        options.stream().filter(o -> o.startsWith("-X")).forEach(command::add);
        command.addAll(List.of("-jar", JAR.toString(), "--port", String.valueOf(port), "--data", "data"));
        if (options.stream().noneMatch(o -> o.startsWith("--rate-limits"))) {
            // Tests are programs, and send like programs.
            command.add("--rate-limits=off");
        }
        options.stream().filter(o -> !o.startsWith("-X")).forEach(command::add);
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(() -> read(process), "server-output");
        reader.setDaemon(true);
        reader.start();
        port = awaitPort();
    }

    private void read(Process from) {
        try (var lines = new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                synchronized (log) {
                    log.add(line);
                }
            }
        } catch (IOException e) {
            output.add("end of output: " + e.getMessage());
        }
    }

    private int awaitPort() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            try {
                String line = output.poll(100, TimeUnit.MILLISECONDS);
                if (line != null && line.startsWith("LastAck listens. Open ")) {
                    return URI.create(line.substring("LastAck listens. Open ".length())
                                    .strip())
                            .getPort();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            if (!process.isAlive() && output.isEmpty()) {
                throw new AssertionError("the server did not start:\n" + String.join("\n", log()));
            }
        }
        throw new AssertionError("the server did not start in time:\n" + String.join("\n", log()));
    }

    /** Waits for a line of the output, whole. */
    void awaitLine(String line) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!log().contains(line)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the server did not say \"" + line + "\":\n" + String.join("\n", log()));
            }
            Thread.onSpinWait();
        }
    }

    public List<String> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. @return the exit code */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not end in 30 s:\n" + String.join("\n", log()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String login(String user) {
        return send(HttpRequest.newBuilder(uri("/api/login"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"" + user + "\"}"))
                        .build())
                .path("token")
                .textValue();
    }

    public JsonNode status() {
        return send(HttpRequest.newBuilder(uri("/api/status")).build());
    }

    public HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(uri(path)).build());
    }

    private static JsonNode send(HttpRequest request) {
        HttpResponse<String> response = exchange(request);
        if (response.statusCode() != 200) {
            throw new AssertionError(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    URI socket() {
        return URI.create("ws://localhost:" + port + "/im");
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    @Override
    public String toString() {
        return "server on port " + port + " " + Arrays.toString(options.toArray());
    }
}
