package io.lastack.examples.campaign;

import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.server.PostgreSqlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the server keeps its data in. */
sealed interface Ground extends AutoCloseable {
    /** What the server is told about it. */
    List<String> options();

    /** For the one who checks; an embedded database can be opened only while no server runs. */
    JdbcStore open();

    /** Whether there is a process to be killed. */
    boolean hasProcess();

    /** SIGKILL. */
    void kill() throws IOException, InterruptedException;

    void restart() throws IOException, InterruptedException;

    @Override
    void close();

    enum Kind {
        H2,
        POSTGRESQL;

        Ground lay(Path directory) throws IOException {
            return this == H2 ? new Embedded(directory) : new PostgreSql(PostgreSqlServer.start());
        }
    }

    /** An H2 file inside the server's own process. */
    record Embedded(Path directory) implements Ground {
        @Override
        public List<String> options() {
            return List.of();
        }

        @Override
        public JdbcStore open() {
            return JdbcStore.open(
                    "jdbc:h2:file:" + directory.resolve("data").resolve("im").toAbsolutePath());
        }

        @Override
        public boolean hasProcess() {
            return false;
        }

        @Override
        public void kill() {
            throw new IllegalStateException("H2 dies with the server");
        }

        @Override
        public void restart() {
            throw new IllegalStateException("H2 comes back with the server");
        }

        @Override
        public void close() {}
    }

    record PostgreSql(PostgreSqlServer server, String url) implements Ground {
        PostgreSql(PostgreSqlServer server) {
            this(server, server.newDatabase());
        }

        @Override
        public List<String> options() {
            return List.of("--db-url", url);
        }

        @Override
        public JdbcStore open() {
            return JdbcStore.open(url);
        }

        @Override
        public boolean hasProcess() {
            return true;
        }

        @Override
        public void kill() throws IOException, InterruptedException {
            server.kill();
        }

        @Override
        public void restart() throws IOException {
            server.restart();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
