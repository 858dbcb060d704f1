package io.lastack.examples.server.api;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ConnectionState;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.examples.server.EdgeOptions;
import io.lastack.examples.server.NodeOptions;
import io.lastack.examples.server.PositionsOptions;
import io.lastack.examples.server.RedisStoreOptions;
import io.lastack.examples.server.ServerOptions;
import io.lastack.examples.server.StandaloneServer;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.RoomAction;
import io.lastack.session.ServerFrame.RoomEvent;
import io.lastack.spi.RetentionPolicy;
import io.lastack.transport.tyrus.JwtIssuer;
import io.lastack.transport.tyrus.WebSocketConnector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The standalone server, in this process, over an H2 file, with its API on. */
final class ApiServer implements AutoCloseable {
    static final String TOKEN = "a-service-token-of-the-tests-0123456789";
    static final UserId SYSTEM = UserId.of("robot");
    private static final String SECRET = "a secret of the tests, of 32 bytes and more";

    final StandaloneServer server;
    private final ImRuntime runtime = ImRuntime.system();

    private ApiServer(Path directory, ApiOptions options, EdgeOptions edge, boolean newEpoch) {
        this.server = StandaloneServer.start(new ServerOptions(
                "localhost",
                0,
                directory,
                null,
                null,
                null,
                SECRET,
                false,
                List.of(),
                RetentionPolicy.EVERYTHING,
                options,
                new NodeOptions(null, null),
                null,
                edge,
                newEpoch,
                new RedisStoreOptions(null, null),
                new PositionsOptions(null, null, null)));
    }

    static ApiServer start(Path directory) {
        return start(directory, on());
    }

    static ApiOptions on() {
        return new ApiOptions(null, ServiceTokens.parse("test", List.of("test=" + TOKEN)), SYSTEM);
    }

    static ApiServer start(Path directory, ApiOptions options) {
        return start(directory, options, EdgeOptions.plain(), false);
    }

    static ApiServer start(Path directory, ApiOptions options, EdgeOptions edge, boolean newEpoch) {
        return new ApiServer(directory, options, edge, newEpoch);
    }

    ApiClient client() {
        return new ApiClient(uri(), TOKEN);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.port());
    }

    static String userToken(String user) {
        return JwtIssuer.hmac256(SECRET).issue(UserId.of(user), Instant.now().plus(Duration.ofHours(1)));
    }

    /** A device of a user over WebSocket. */
    Phone phone(String user) {
        return new Phone(user);
    }

    @Override
    public void close() {
        server.close();
        runtime.close();
    }

    final class Phone implements ClientListener, AutoCloseable {
        private final BlockingQueue<Message> shown = new LinkedBlockingQueue<>();
        private final BlockingQueue<RoomEvent> events = new LinkedBlockingQueue<>();
        private final ImClient client;

        private Phone(String user) {
            String token = userToken(user);
            client = ImClient.builder(
                            runtime, WebSocketConnector.to(URI.create("ws://localhost:" + server.port() + "/im")))
                    .device(DeviceId.of("phone"))
                    .tokens(TokenSource.of(token))
                    .listener(this)
                    .build();
            client.start();
        }

        @Override
        public void message(Message message) {
            shown.add(message);
        }

        @Override
        public void roomEvent(RoomEvent event) {
            events.add(event);
        }

        /** Joins a room; waits until it is in. */
        void join(String room) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!(client.state() instanceof ConnectionState.Online)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not online in 30 s");
                }
                Thread.onSpinWait();
            }
            client.requests()
                    .room(room, new RoomAction.Join())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }

        RoomEvent nextEvent() throws InterruptedException {
            RoomEvent event = events.poll(30, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event came in 30 s");
            }
            return event;
        }

        Message next() throws InterruptedException {
            Message message = shown.poll(30, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came in 30 s");
            }
            return message;
        }

        /** Whether the server has sent it away for good. */
        boolean isStopped() {
            return client.state() instanceof ConnectionState.Stopped;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
