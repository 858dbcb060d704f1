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

/** Three servers over one PostgreSQL and one Redis, all of them processes. */
final class Nodes implements AutoCloseable {
    static final String SECRET = "a secret of the nodes, of 32 bytes or more";
    static final int COUNT = 3;

    final PostgreSqlServer database;
    final RedisProcess redis;
    final SignalFilter filter;
    final List<ServerProcess> servers = new ArrayList<>();
    private final String url;
    private final List<Connector> connectors = new ArrayList<>();

    Nodes(Path directory) throws IOException {
        database = PostgreSqlServer.start(Map.of("shared_preload_libraries", "pg_stat_statements"));
        redis = RedisProcess.start(RedisVersion.REDIS_7);
        filter = SignalFilter.to(redis.port());
        url = database.newDatabase();
        count();
        // The first alone makes the tables.
        servers.add(start(directory, url, 0));
        List<CompletableFuture<ServerProcess>> others = IntStream.range(1, COUNT)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> start(directory, url, i)))
                .toList();
        others.forEach(other -> servers.add(other.join()));
        HttpClient http = HttpClient.newHttpClient();
        servers.forEach(server -> connectors.add(
                WebSocketConnector.to(URI.create("ws://localhost:" + server.port() + "/im"), WireCodec.PROTO, http)));
    }

    private ServerProcess start(Path directory, String url, int number) {
        return ServerProcess.start(
                directory,
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
                "node-" + number);
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

    private void count() {
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
        database.close();
    }
}
