package io.lastack.transport.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImEngine;
import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.memory.MemoryStore;
import io.lastack.proto.WireCodec;
import io.lastack.session.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages and notifications that change, between Java clients over real connections, in either codec. */
class RevisionsOverWebSocketsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final ConversationId DIRECT = ConversationId.direct(ALICE, BOB);

    private final ImRuntime runtime = ImRuntime.system();
    private final ImEngine engine = ImEngine.builder(MemoryStore.create())
            .runtime(runtime)
            .authenticator(JwtAuthenticator.hmac256(SECRET))
            .build();
    private final TyrusServer server =
            TyrusServer.builder(engine).host("127.0.0.1").port(0).start();

    @AfterEach
    void stop() {
        engine.close();
        server.close();
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource({"lastack.v1.proto, lastack.v1.json", "lastack.v1.json, lastack.v1.proto"})
    void bothSeeWhatBecomesOfAMessage(String one, String other) throws Exception {
        Screen hers = new Screen();
        Screen his = new Screen();
        try (ImClient alice = client("alice", one, hers);
                ImClient bob = client("bob", other, his)) {
            done(alice.send(BOB, Content.text("first")));
            done(alice.send(BOB, Content.text("secret")));
            done(alice.edit(DIRECT, 1, "first, for @bob", List.of(BOB)));
            EndpointContract.await(() -> his.text(1).equals("first, for @bob"));
            Result.Conversations seen = done(bob.requests().conversations(null, 10));
            assertThat(seen.conversations().get(0).mentions()).isEqualTo(1);

            done(bob.react(DIRECT, 2, "\ud83d\udc4d", false));
            Result.Fetch page = done(alice.requests().fetchBefore(DIRECT, 0, 10));
            assertThat(page.reactions()).containsExactly(new Reaction(2, BOB, "\ud83d\udc4d", 4));
            done(alice.recall(DIRECT, 2));
            for (Screen screen : List.of(hers, his)) {
                EndpointContract.await(() -> screen.kind(2).equals(Content.RECALLED));
                assertThat(screen.text(2)).isEmpty();
                EndpointContract.await(() -> screen.text(1).equals("first, for @bob"));
            }
            Result.Fetch left = done(bob.requests().fetchBefore(DIRECT, 0, 10));
            assertThat(left.messages().subList(0, 2))
                    .containsExactlyElementsOf(his.messages.values().stream()
                            .filter(m -> m.seq() <= 2)
                            .toList());
            assertThat(left.reactions()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"lastack.v1.proto, lastack.v1.json", "lastack.v1.json, lastack.v1.proto"})
    void aFriendRequestIsAnsweredThoughTheyAreNeverConnectedAtOnce(String one, String other) throws Exception {
        try (ImClient alice = client("alice", one, new Screen())) {
            Result.Notify asked = done(alice.requests().notify(BOB, "friend-request", "pending", "It is me", Map.of()));
            assertThat(asked.conversation()).isEqualTo(ConversationId.inbox(BOB));
        }
        Screen his = new Screen();
        try (ImClient bob = client("bob", other, his)) {
            EndpointContract.await(() -> his.ext(1).equals(Map.of("status", "pending", "remark", "It is me")));
            done(bob.requests().updateStatus(BOB, 1, "accepted", ""));
            EndpointContract.await(() -> his.ext(1).equals(Map.of("status", "accepted", "remark", "It is me")));
        }
        Screen hers = new Screen();
        try (ImClient alice = client("alice", one, hers)) {
            EndpointContract.await(() -> hers.ext(1).equals(Map.of("status", "accepted", "answers", "inbox:bob/1")));
            assertThat(hers.messages.get(1L).content().type()).isEqualTo("friend-request");
        }
    }

    private ImClient client(String user, String codec, ClientListener listener) {
        WireCodec wire = codec.equals("lastack.v1.json") ? WireCodec.JSON : WireCodec.PROTO;
        ImClient client = ImClient.builder(
                        runtime,
                        WebSocketConnector.to(URI.create("ws://127.0.0.1:" + server.port() + "/im"), wire, HTTP))
                .tokens(TokenSource.of(JwtIssuer.hmac256(SECRET)
                        .issue(UserId.of(user), Instant.now().plus(Duration.ofMinutes(10)))))
                .device(DeviceId.of(user + "-1"))
                .listener(listener)
                .build();
        client.start();
        return client;
    }

    private static <R> R done(CompletionStage<R> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** An application that shows the one conversation that its user has. */
    private static final class Screen implements ClientListener {
        final Map<Long, Message> messages = new ConcurrentSkipListMap<>();

        @Override
        public void message(Message message) {
            messages.replaceAll((seq, shown) -> shown.revised(message));
            messages.put(message.seq(), message);
        }

        String text(long seq) {
            return messages.containsKey(seq)
                    ? messages.get(seq).content().payload().asText()
                    : "";
        }

        String kind(long seq) {
            return messages.containsKey(seq) ? messages.get(seq).content().kind() : "";
        }

        Map<String, String> ext(long seq) {
            return messages.containsKey(seq) ? messages.get(seq).content().ext() : Map.of();
        }
    }
}
