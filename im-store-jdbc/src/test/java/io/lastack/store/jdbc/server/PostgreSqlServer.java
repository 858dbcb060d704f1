package io.lastack.store.jdbc.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL from Maven Central. */
public final class PostgreSqlServer extends TestServer {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Path data;
    private final Map<String, String> settings;
    private EmbeddedPostgres running;

    private PostgreSqlServer(Path data, Map<String, String> settings) throws IOException {
        this.data = data;
        this.settings = settings;
        this.running = run(0);
    }

    /** The one that all tests of this process share, each in a database of its own. */
    public static PostgreSqlServer shared() {
        return Shared.SERVER;
    }

    public static PostgreSqlServer start() throws IOException {
        return start(Map.of());
    }

    /** @param settings as in {@code postgresql.conf} */
    public static PostgreSqlServer start(Map<String, String> settings) throws IOException {
        Path data = Files.createTempDirectory(Files.createDirectories(TARGET), "postgresql-");
        // What makes commits durable; its starter turns it off.
        Map<String, String> all =
                new HashMap<>(Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on"));
        all.putAll(settings);
        PostgreSqlServer server = new PostgreSqlServer(data, all);
        server.askForPasswords();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    /** @param port 0 takes a free one */
    private EmbeddedPostgres run(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(TARGET.resolve("postgresql").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB");
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    /** Of everybody but the superuser. */
    private void askForPasswords() throws IOException {
        Files.writeString(
                data.resolve("pg_hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        try {
            execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException("PostgreSQL does not read its configuration", e);
        }
    }

    @Override
    public String url(String database) {
        return url(database, "postgres");
    }

    public String url(String database, String user) {
        return "jdbc:postgresql://127.0.0.1:" + running.getPort() + "/" + database + "?user=" + user;
    }

    public int port() {
        return running.getPort();
    }

    public Path data() {
        return data;
    }

    @Override
    String adminUrl() {
        return url("postgres");
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process :
                Stream.concat(Stream.of(postmaster), backends.stream()).toList()) {
            awaitEnd(process);
        }
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
    }

    private static void awaitEnd(ProcessHandle process) throws IOException, InterruptedException {
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException("process " + process.pid() + " does not end", e);
        }
    }

    @Override
    public void restart() throws IOException {
        int port = running.getPort();
        running.close();
        running = run(port);
    }

    @Override
    public void close() {
        try {
            Optional<ProcessHandle> postmaster = postmaster();
            running.close();
            if (postmaster.isPresent()) {
                awaitEnd(postmaster.get()); // Its starter may be closing it already.
            }
            Directories.delete(data);
        } catch (IOException | InterruptedException e) {
            System.err.println("PostgreSQL did not end in good order: " + e);
        }
    }

    private static final class Shared {
        static final PostgreSqlServer SERVER;

        static {
            try {
                SERVER = start();
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
