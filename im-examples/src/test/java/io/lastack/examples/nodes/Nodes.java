package io.lastack.examples.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.client.Connector;
import io.lastack.examples.server.ServerProcess;
import io.lastack.proto.WireCodec;
import io.lastack.store.jdbc.server.PostgreSqlServer;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import io.lastack.transport.tyrus.WebSocketConnector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three servers over one PostgreSQL and one Redis, or over one Redis alone, all of them processes. */
final class Nodes implements AutoCloseable {
    static final String SECRET = "a secret of the nodes, of 32 bytes or more";
    static final int COUNT = 3;

    final RedisProcess redis;
    final SignalFilter filter;
    final List<ServerProcess> servers = new ArrayList<>();
    private final @Nullable PostgreSqlServer database;
    private final String url;
    private final List<Connector> connectors = new ArrayList<>();

    private Nodes(
            Path directory, RedisProcess redis, @Nullable PostgreSqlServer database, String url, String... options)
            throws IOException {
        this.redis = redis;
        this.database = database;
        this.url = url;
        filter = SignalFilter.to(redis.port());
        // The first alone makes the tables.
        servers.add(start(directory, 0, options));
        List<CompletableFuture<ServerProcess>> others = IntStream.range(1, COUNT)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> start(directory, i, options)))
                .toList();
        others.forEach(other -> servers.add(other.join()));
        HttpClient http = HttpClient.newHttpClient();
        servers.forEach(server -> connectors.add(
                WebSocketConnector.to(URI.create("ws://localhost:" + server.port() + "/im"), WireCodec.PROTO, http)));
    }

    /** Redis joins the nodes, and keeps nothing that must not be lost. */
    static Nodes overPostgreSql(Path directory) throws IOException {
        PostgreSqlServer database = PostgreSqlServer.start(Map.of("shared_preload_libraries", "pg_stat_statements"));
        String url = database.newDatabase();
        count(url);
        return new Nodes(directory, RedisProcess.start(RedisVersion.REDIS_7), database, url);
    }

    /** The Redis that joins the nodes is their store too. */
    static Nodes overRedis(Path directory) throws IOException {
        RedisProcess redis = RedisProcess.start(RedisVersion.REDIS_7, "--appendfsync", "always");
        return new Nodes(directory, redis, null, redis.url(), "--redis-durability", "always");
    }

    private ServerProcess start(Path directory, int number, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--jwt-secret",
                SECRET,
                "--db-url",
                url,
                "--redis",
                filter.url(),
                "--node-id",
                "node-" + number));
        all.addAll(List.of(options));
        return ServerProcess.start(directory, all.toArray(String[]::new));
    }

    /** What a balancer does that knows nothing: any node, at every attempt. */
    Connector balancer(Random random) {
        return listener -> connectors.get(random.nextInt(COUNT)).connect(listener);
    }

    Connector only(int node) {
        return connectors.get(node);
    }

    JsonNode status(int node) {
        return servers.get(node).status();
    }

    /** A figure of {@code /api/status}, of all nodes together. */
    long sum(String figure) {
        return sum(COUNT, figure);
    }

    /** The same of the first so many. */
    long sum(int running, String figure) {
        return servers.subList(0, running).stream()
                .mapToLong(server -> server.status().path(figure).longValue())
                .sum();
    }

    /** Whether every node knows of every other. */
    boolean areJoined() {
        return areJoined(COUNT);
    }

    /** The same of the first so many. */
    boolean areJoined(int running) {
        return servers.subList(0, running).stream()
                .map(ServerProcess::status)
                .allMatch(status -> status.path("busConnected").booleanValue()
                        && status.path("peers").intValue() == running - 1);
    }

    private static void count(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION pg_stat_statements");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Statements that the database carried out for the nodes so far. */
    long statements() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("SELECT sum(calls) FROM pg_stat_statements")) {
            sum.next();
            return sum.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        servers.forEach(ServerProcess::close);
        filter.close();
        redis.close();
        if (database != null) {
            database.close();
        }
    }
}
