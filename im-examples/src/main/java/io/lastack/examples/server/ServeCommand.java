package io.lastack.examples.server;

import io.lastack.error.InvalidRequestException;
import io.lastack.examples.server.api.ApiOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar lastack-server.jar}: reads the options, starts the server, and stops it in good order. */
@Command(
        name = "lastack-server",
        description = "Instant messaging that does not lose messages: WebSocket at /im, a page to try it at /.",
        mixinStandardHelpOptions = true,
        versionProvider = ServeCommand.Version.class,
        sortOptions = false,
        footer = {"", "Every option may also be given in the environment: --db-url as LASTACK_DB_URL."})
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description = "address to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE})")
    private String host = "localhost";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "directory of the embedded database (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("./data");

    @Option(
            names = "--db-url",
            paramLabel = "URL",
            description = "another database: its JDBC address, or redis://HOST:PORT,"
                    + " redis-sentinel://HOST:PORT,HOST:PORT#PRIMARY or redis-cluster://HOST:PORT,HOST:PORT")
    private @Nullable String dbUrl;

    @Option(names = "--db-user", paramLabel = "USER", description = "its user")
    private @Nullable String dbUser;

    @Option(
            names = "--db-password",
            paramLabel = "PASSWORD",
            description = "its password (better given in the environment)")
    private @Nullable String dbPassword;

    @Option(
            names = "--redis-durability",
            paramLabel = "LEVEL",
            description =
                    "what a Redis that is the database must do: appendonly (keep an append-only file; the default),"
                            + " always (have it on the disk before it answers), or any (it may lose messages)")
    private @Nullable String redisDurability;

    @Option(
            names = "--redis-wait-replicas",
            paramLabel = "N",
            description = "so many of its replicas must have a message before it is confirmed (default: none)")
    private @Nullable Integer redisWaitReplicas;

    @Option(
            names = "--positions-url",
            paramLabel = "URL",
            description =
                    "where to keep ack and read positions, if not with the messages: a JDBC address or a Redis, as"
                            + " for --db-url")
    private @Nullable String positionsUrl;

    @Option(names = "--positions-user", paramLabel = "USER", description = "the user of that database")
    private @Nullable String positionsUser;

    @Option(
            names = "--positions-password",
            paramLabel = "PASSWORD",
            description = "its password (better given in the environment)")
    private @Nullable String positionsPassword;

    @Option(
            names = "--jwt-secret",
            paramLabel = "SECRET",
            description =
                    "secret of the HS256 tokens of your users, 32 bytes or more (better given in the environment)")
    private @Nullable String jwtSecret;

    @Option(
            names = "--dev-login",
            description = "anyone may take any name. The default only while listening on loopback with no secret given")
    private boolean devLogin;

    @Option(
            names = "--origins",
            paramLabel = "ORIGIN",
            split = ",",
            description = "web origins that may connect, besides the server's own page")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--retention-days",
            paramLabel = "DAYS",
            description = "messages older than this are deleted (default: none)")
    private @Nullable Integer retentionDays;

    @Option(
            names = "--retention-count",
            paramLabel = "MESSAGES",
            description = "so many of the newest messages of each conversation are kept, and all of the last day"
                    + " (default: all)")
    private @Nullable Long retentionCount;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "joins this server to the others over the same database, by the Redis at redis://HOST:PORT")
    private @Nullable String redis;

    @Option(
            names = "--node-id",
            paramLabel = "NAME",
            description = "its name among them, unique (default: drawn at every start)")
    private @Nullable String nodeId;

    @Option(
            names = "--service-token-file",
            paramLabel = "FILE",
            description =
                    "tokens of the back ends that may call the HTTP API, NAME=TOKEN in each line, of 32 characters or"
                            + " more; read again when it changes. Without any the API is off, but for dev login on loopback")
    private @Nullable Path serviceTokenFile;

    @Option(
            names = "--service-tokens",
            paramLabel = "NAME=TOKEN",
            split = ",",
            description = "the same in place (better given in the environment)")
    private List<String> serviceTokens = new ArrayList<>();

    @Option(
            names = "--system-user",
            paramLabel = "USER",
            defaultValue = ApiOptions.SYSTEM,
            description = "sender of what the HTTP API sends in nobody's name (default: ${DEFAULT-VALUE})")
    private String systemUser = ApiOptions.SYSTEM;

    @Option(
            names = "--rate-limits",
            paramLabel = "LIMITS",
            defaultValue = "default",
            description = "how often a client may do what: default, strict (30 private messages a minute), or off"
                    + " (default: ${DEFAULT-VALUE})")
    private String rateLimits = "default";

    @Option(
            names = "--tls-chain",
            paramLabel = "FILE",
            description = "certificate chain in PEM, to speak TLS; read again when it changes")
    private @Nullable Path tlsChain;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "its private key in PEM, without a password")
    private @Nullable Path tlsKey;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "RANGE",
            split = ",",
            description = "proxies in front, as addresses or 10.0.0.0/8: their X-Forwarded-For tells who the client is")
    private List<String> trustedProxies = new ArrayList<>();

    @Option(
            names = "--new-epoch",
            description = "once, after a backup was restored: the data gets another identity, and devices read again")
    private boolean newEpoch;

    @Override
    public Integer call() throws InterruptedException {
        ServerOptions options;
        try {
            options = new ServerOptions(
                    host,
                    port,
                    data,
                    dbUrl,
                    dbUser,
                    dbPassword,
                    jwtSecret,
                    devLogin,
                    origins,
                    ServerOptions.retention(retentionDays, retentionCount),
                    ApiOptions.of(serviceTokenFile, serviceTokens, systemUser),
                    new NodeOptions(redis, nodeId),
                    ServerOptions.rateLimits(rateLimits),
                    new EdgeOptions(tlsChain, tlsKey, trustedProxies),
                    newEpoch,
                    new RedisStoreOptions(redisDurability, redisWaitReplicas),
                    new PositionsOptions(positionsUrl, positionsUser, positionsPassword));
        } catch (IllegalArgumentException | InvalidRequestException e) {
            throw new ParameterException(commandLine(), e.getMessage(), e);
        }
        StandaloneServer server = StandaloneServer.start(options);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "lastack-stop"));
        printWelcome(server, options);
        stopped.await();
        return 0;
    }

    private void printWelcome(StandaloneServer server, ServerOptions options) {
        var out = commandLine().getOut();
        out.printf("LastAck listens. Open %s%n", server.address(options));
        if (options.devLogin()) {
            out.println("DEV LOGIN IS ON: anyone who can reach this address may take any name."
                    + " Give --jwt-secret to let in only users with your tokens.");
        }
        if (options.api().isOn()) {
            out.printf("HTTP API for back ends: %sdocs%n", server.address(options));
        }
        if (options.devLogin() && options.api().tokenFile() != null) {
            out.printf("Its service token is in %s%n", options.api().tokenFile());
        }
        out.flush();
    }

    private CommandLine commandLine() {
        return java.util.Objects.requireNonNull(spec).commandLine();
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServeCommand.class.getPackage().getImplementationVersion();
            return new String[] {"LastAck " + (version == null ? "(development)" : version)};
        }
    }
}
