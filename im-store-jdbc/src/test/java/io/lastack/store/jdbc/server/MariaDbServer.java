package io.lastack.store.jdbc.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A MariaDB: see {@link MariaDbBinaries}. */
public final class MariaDbServer extends TestServer {
    private static final long START_SECONDS = 120;
    private static final int KEPT_LINES = 50;
    private static final String USER = "im";
    private static final String PASSWORD = "secret-of-im";

    private final MariaDbBinaries binaries;
    private final Path data;
    private final int port;
    private final List<String> settings;
    private Process process;

    private MariaDbServer(MariaDbBinaries binaries, Path data, int port, List<String> settings)
            throws IOException, InterruptedException {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
        this.settings = settings;
        this.process = run();
    }

    /** The one that all tests of this process share, each in a database of its own. */
    public static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** @param settings options of the server, such as {@code --innodb-flush-log-at-trx-commit=2} */
    public static MariaDbServer start(String... settings) throws IOException, InterruptedException {
        MariaDbBinaries binaries = MariaDbBinaries.find();
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path data = Files.createTempDirectory(target, "mariadb-data-");
        bootstrap(binaries, data);
        MariaDbServer server = new MariaDbServer(binaries, data, freePort(), List.of(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static void bootstrap(MariaDbBinaries binaries, Path data) throws IOException, InterruptedException {
        List<String> command = command(binaries, data);
        command.add("--bootstrap");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n"
                    .getBytes(StandardCharsets.UTF_8));
            for (String script : List.of(
                    "mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql")) {
                in.write(Files.readAllBytes(script(binaries, script)));
            }
            in.write(("FLUSH PRIVILEGES;\nCREATE USER '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\n"
                            + "GRANT ALL ON *.* TO '" + USER + "'@'%' WITH GRANT OPTION;\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("MariaDB's own tables cannot be made in " + data);
        }
    }

    /** Before 11 the scripts had other names. */
    private static Path script(MariaDbBinaries binaries, String name) {
        Path script = binaries.share().resolve(name);
        return Files.exists(script) ? script : binaries.share().resolve(name.replace("mariadb_", "mysql_"));
    }

    private static List<String> command(MariaDbBinaries binaries, Path data) {
        return new ArrayList<>(List.of(
                binaries.server().toString(),
                "--no-defaults",
                "--user=root",
                "--datadir=" + data,
                "--lc-messages-dir=" + binaries.share(),
                "--skip-log-bin"));
    }

    private Process run() throws IOException, InterruptedException {
        List<String> command = command(binaries, data);
        command.addAll(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                // Relative to the data, since a socket's path must be short.
                "--socket=im.sock",
                "--skip-name-resolve",
                "--max-connections=300",
                "--innodb-buffer-pool-size=256M"));
        command.addAll(settings);
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        Deque<String> said = new ArrayDeque<>();
        CountDownLatch ready = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(started, said, ready), "mariadb-output");
        reader.setDaemon(true);
        reader.start();
        if (!ready.await(START_SECONDS, TimeUnit.SECONDS) || !started.isAlive()) {
            started.destroyForcibly();
            throw new IOException("MariaDB does not start: " + last(said));
        }
        return started;
    }

    private static void read(Process server, Deque<String> said, CountDownLatch ready) {
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
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            // The process ended.
        }
        ready.countDown();
    }

    private static String last(Deque<String> said) {
        synchronized (said) {
            return String.join("\n", said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + PASSWORD;
    }

    /** The same for MySQL's driver. */
    public static String mysqlUrl(String url) {
        return url.replace("jdbc:mariadb:", "jdbc:mysql:");
    }

    public int port() {
        return port;
    }

    @Override
    String adminUrl() {
        return url("");
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("MariaDB does not end");
        }
    }

    @Override
    public void restart() throws IOException, InterruptedException {
        process = run();
    }

    @Override
    public void close() {
        try {
            kill();
            Directories.delete(data);
        } catch (IOException | InterruptedException e) {
            System.err.println("MariaDB did not end in good order: " + e);
        }
    }

    private static final class Shared {
        static final MariaDbServer SERVER;

        static {
            try {
                SERVER = start();
            } catch (IOException | InterruptedException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
