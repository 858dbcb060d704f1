package io.lastack.examples.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A {@link Device} in a process of its own, over many lives. */
final class DeviceProcess implements AutoCloseable {
    private final DeviceName name;
    private final String url;
    private final Path directory;
    private final Random random;
    private Process process;

    DeviceProcess(DeviceName name, String url, Path directory, long seed) throws IOException {
        this.name = name;
        this.url = url;
        this.directory = directory;
        this.random = new Random(seed);
        this.process = start();
    }

    private Process start() throws IOException {
        Path output = directory.resolve(name + ".log");
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Device.class.getName(),
                        name.toString(),
                        url,
                        directory.toString(),
                        String.valueOf(random.nextLong())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** @throws IOException if it ended by itself, which no device should */
    void killAndRestart() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException(
                    name + " ended by itself with " + process.exitValue() + ": see its log in " + directory);
        }
        close();
        process = start();
    }

    /** SIGKILL. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end");
        }
    }
}
