package io.lastack.examples.server;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.examples.server.api.ApiRoutes;
import io.lastack.spi.ImStore;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.JdbcStoreBuilder;
import io.lastack.transport.tyrus.JwtAuthenticator;
import io.lastack.transport.tyrus.JwtIssuer;
import io.lastack.transport.tyrus.TyrusServer;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.net.URI;
import java.util.Objects;
import java.util.Set;

/** The library, wired: a store, an engine, a transport, and a page. */
public final class StandaloneServer implements AutoCloseable {
    private final ImStore store;
    private final JoinedNode node;
    private final ImRuntime runtime;
    private final ImEngine engine;
    private final TyrusServer server;

    private StandaloneServer(ImStore store, JoinedNode node, ImRuntime runtime, ImEngine engine, TyrusServer server) {
        this.store = store;
        this.node = node;
        this.runtime = runtime;
        this.engine = engine;
        this.server = server;
    }

    /** @throws RuntimeException if the database cannot be opened or the port cannot be bound; nothing stays open then */
    public static StandaloneServer start(ServerOptions options) {
        // 1. Where messages are kept: an H2 file in the data directory, unless there is a database or a Redis already;
        // and
        //    positions, if another store keeps those.
        ImStore store = options.positions().beside(openStore(options));
        JoinedNode node = JoinedNode.of(options.nodes());
        try {
            // 2. Who is who: HS256 tokens, the host's or (under dev login) our own.
            String secret = options.jwtSecret() != null ? options.jwtSecret() : DevSecret.in(options.data());

            // 3. The engine; one of several over the same store, if Redis is to join them.
            ImRuntime runtime = ImRuntime.system();
            ImEngine engine = node.join(ImEngine.builder(store), options.nodes(), runtime)
                    .runtime(runtime)
                    .authenticator(JwtAuthenticator.hmac256(secret))
                    .retention(options.retention())
                    .rateLimiter(node.limiter(options.rateLimits(), runtime))
                    .build();

            // 4. What plain HTTP gets: the page, a health check, figures, and the dev log-in.
            HttpRoutes.Builder routes = HttpRoutes.builder();
            Page.addTo(routes);
            new StatusRoutes(engine).addTo(routes);
            new MetricsRoute(engine).addTo(routes);
            routes.post("/api/login", new DevLogin(options.devLogin() ? JwtIssuer.hmac256(secret) : null)::handle);

            // 5. The HTTP API, for back ends with a service token.
            ApiRoutes.addTo(routes, engine, store, options.api());

            // 6. WebSocket at /im, on the same port.
            TyrusServer server = options.edge()
                    .applyTo(TyrusServer.builder(engine))
                    .host(options.host())
                    .port(options.port())
                    .origins(Set.copyOf(options.origins()))
                    .routes(routes.build())
                    .maxHttpBody(ApiRoutes.MAX_HTTP_BODY)
                    .start();
            return new StandaloneServer(store, node, runtime, engine, server);
        } catch (RuntimeException e) {
            node.close();
            store.close();
            throw e;
        }
    }

    private static ImStore openStore(ServerOptions options) {
        String url = options.dbUrl();
        if (url != null && RedisStoreOptions.isRedis(url)) {
            return options.redisStore().open(url, options.newEpoch());
        }
        JdbcStoreBuilder store = JdbcStore.builder(
                url != null
                        ? url
                        : "jdbc:h2:file:" + options.data().toAbsolutePath().resolve("im"));
        if (options.dbUser() != null) {
            store.credentials(options.dbUser(), Objects.requireNonNullElse(options.dbPassword(), ""));
        }
        return options.newEpoch() ? store.newEpoch().open() : store.open();
    }

    /** Where the page is. */
    public URI address(ServerOptions options) {
        String host = options.host().equals("0.0.0.0") || options.host().equals("::") ? "localhost" : options.host();
        return URI.create(options.edge().scheme() + "://" + host + ":" + server.port() + "/");
    }

    public int port() {
        return server.port();
    }

    /** Clients are told to go, what is under way is stored, then everything closes. */
    @Override
    public void close() {
        engine.close();
        server.close();
        node.close();
        store.close();
        runtime.close();
    }
}
