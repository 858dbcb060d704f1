package io.lastack.store.jdbc.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB: see {@link MariaDbBinaries}. */
public final class MariaDbServer extends ProcessServer {
    private MariaDbServer(Path data, int port, List<String> command) throws IOException, InterruptedException {
        super(data, port, command);
    }

    /** The one that all tests of this process share, each in a database of its own. */
    public static MariaDbServer shared() {
        return Shared.SERVER;
    }

    /** @param settings options of the server, such as {@code --innodb-flush-log-at-trx-commit=2} */
    public static MariaDbServer start(String... settings) throws IOException, InterruptedException {
        MariaDbBinaries binaries = MariaDbBinaries.find();
        Path data = newDirectory("mariadb-data-");
        bootstrap(binaries, data);
        int port = freePort();
        List<String> command = command(binaries, data);
        command.addAll(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                // Relative to the data, since a socket's path must be short.
                "--socket=im.sock",
                "--skip-name-resolve",
                "--max-connections=300",
                "--innodb-buffer-pool-size=256M"));
        command.addAll(List.of(settings));
        MariaDbServer server = new MariaDbServer(data, port, command);
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
        await(process, "MariaDB's own tables cannot be made in " + data);
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
                // One that starts removes the temporary tables of all others that have the same directory for them.
                "--tmpdir=" + data,
                "--lc-messages-dir=" + binaries.share(),
                "--skip-log-bin"));
    }

    @Override
    public String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?user=" + USER + "&password=" + PASSWORD;
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
