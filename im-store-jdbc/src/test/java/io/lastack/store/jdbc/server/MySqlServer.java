package io.lastack.store.jdbc.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A MySQL of the machine, under the directory that {@code -Dmysql.home=/usr} names: no jar has one. Without it, the tests
 * of MySQL use MySQL's driver with MariaDB, and say so.
 */
public final class MySqlServer extends ProcessServer {
    private static final String HOME = System.getProperty("mysql.home", "");

    private MySqlServer(Path directory, int port, List<String> command) throws IOException, InterruptedException {
        super(directory, port, command);
    }

    static boolean isInstalled() {
        return !HOME.isEmpty();
    }

    /** The one that all tests of this process share, each in a database of its own. */
    static TestServer shared() {
        return Shared.SERVER;
    }

    static MySqlServer start() throws IOException, InterruptedException {
        Path home = Path.of(HOME);
        Path directory = newDirectory("mysql-data-");
        Path users = Files.writeString(
                directory.resolve("users.sql"),
                "CREATE USER IF NOT EXISTS '" + USER + "'@'%' IDENTIFIED BY '" + PASSWORD + "';\nGRANT ALL ON *.* TO '"
                        + USER + "'@'%' WITH GRANT OPTION;\n");
        List<String> command = new ArrayList<>(List.of(
                first(home, "bin/mysqld", "sbin/mysqld").toString(),
                "--no-defaults",
                "--user=root",
                "--basedir=" + home,
                "--datadir=" + directory.resolve("data"),
                "--lc-messages-dir=" + first(home, "share/mysql", "share"),
                "--secure-file-priv=NULL",
                "--skip-log-bin"));
        initialize(command, directory);
        int port = freePort();
        command.addAll(List.of(
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=im.sock",
                "--mysqlx=OFF",
                "--skip-name-resolve",
                "--max-connections=300",
                "--innodb-buffer-pool-size=256M",
                "--init-file=" + users));
        MySqlServer server = new MySqlServer(directory, port, command);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }

    private static void initialize(List<String> command, Path directory) throws IOException, InterruptedException {
        List<String> initialize = new ArrayList<>(command);
        initialize.add("--initialize-insecure");
        Path output = directory.resolve("initialize.log");
        Process process = new ProcessBuilder(initialize)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await(process, "MySQL's own tables cannot be made: see " + output);
    }

    private static Path first(Path home, String... places) throws IOException {
        return Stream.of(places)
                .map(home::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "none of " + List.of(places) + " is in " + home + ", where -Dmysql.home says that MySQL is"));
    }

    @Override
    public String url(String database) {
        return "jdbc:mysql://127.0.0.1:" + port() + "/" + database + "?user=" + USER + "&password=" + PASSWORD
                + "&allowPublicKeyRetrieval=true";
    }

    private static final class Shared {
        static final TestServer SERVER;

        static {
            try {
                if (!isInstalled()) {
                    System.out.println("NO MYSQL SERVER: -Dmysql.home names none, so the tests of MySQL run MySQL's"
                            + " driver against MariaDB");
                }
                SERVER = isInstalled() ? start() : MariaDbServer.shared();
            } catch (IOException | InterruptedException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
