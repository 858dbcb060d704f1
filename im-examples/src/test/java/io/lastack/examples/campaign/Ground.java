package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Storm.Harm;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.server.PostgreSqlServer;
import io.lastack.store.redis.RedisStore;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the server keeps its data in, and what it needs beside. */
sealed interface Ground extends AutoCloseable {
    /** What the server is told about it. */
    List<String> options();

    /** For the one who checks; an embedded database can be opened only while no server runs. */
    ImStore open();

    /** The processes that can be killed: none of an embedded database. */
    List<Mortal> mortals();

    @Override
    void close();

    /** A process beside the server, which comes back with what it has on the disk. */
    record Mortal(Harm harm, Deed kill, Deed restart) {
        /** SIGKILL, or a start. */
        interface Deed {
            void run() throws IOException, InterruptedException;
        }
    }

    enum Kind {
        H2,
        POSTGRESQL,
        REDIS;

        Ground lay(Path directory) throws IOException {
            return switch (this) {
                case H2 -> new Embedded(directory);
                case POSTGRESQL -> new PostgreSql(PostgreSqlServer.start(), RedisProcess.start(RedisVersion.REDIS_7));
                case REDIS -> new Redis(RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always"));
            };
        }
    }

    /** An H2 file inside the server's own process. */
    record Embedded(Path directory) implements Ground {
        @Override
        public List<String> options() {
            return List.of();
        }

        @Override
        public ImStore open() {
            return JdbcStore.open(
                    "jdbc:h2:file:" + directory.resolve("data").resolve("im").toAbsolutePath());
        }

        @Override
        public List<Mortal> mortals() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** PostgreSQL, and a Redis that would join the server to others: its bus and its directory of who is online. */
    record PostgreSql(PostgreSqlServer server, String url, RedisProcess joint) implements Ground {
        PostgreSql(PostgreSqlServer server, RedisProcess joint) {
            this(server, server.newDatabase(), joint);
        }

        @Override
        public List<String> options() {
            return List.of("--db-url", url, "--redis", joint.url());
        }

        @Override
        public ImStore open() {
            return JdbcStore.open(url);
        }

        @Override
        public List<Mortal> mortals() {
            return List.of(
                    new Mortal(Harm.DATABASE_KILLED, server::kill, server::restart),
                    new Mortal(Harm.JOINT_KILLED, joint::kill, joint::restart));
        }

        @Override
        public void close() {
            server.close();
            joint.close();
        }
    }

    /** A Redis that has each command on the disk before it answers. */
    record Redis(RedisProcess server) implements Ground {
        @Override
        public List<String> options() {
            return List.of("--db-url", server.url(), "--redis-durability", "always");
        }

        @Override
        public ImStore open() {
            return RedisStore.open(server.url());
        }

        @Override
        public List<Mortal> mortals() {
            return List.of(new Mortal(Harm.DATABASE_KILLED, server::kill, server::restart));
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
