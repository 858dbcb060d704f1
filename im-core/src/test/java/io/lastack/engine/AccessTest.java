package io.lastack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.ServerFrame;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.SendInterceptor;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets what by which frame. */
class AccessTest {
    private static final ConversationId GROUP = ConversationId.group("g");
    private static final String G = "group:g";
    private static final List<String> ROLES = List.of("stranger", "former", "member", "admin", "owner");

    /** Seq 1 made the group, 2 made an admin, 3 is a message, 4 removed the former member, 5 is a message after that. */
    private static Scene group(Scene scene) {
        UserId owner = UserId.of("owner");
        scene.engine
                .groups()
                .create(
                        GROUP,
                        owner,
                        "secret-name",
                        History.ALL,
                        Stream.of("former", "member", "admin", "secret-member")
                                .map(UserId::of)
                                .toList());
        scene.run();
        scene.engine.groups().setRole(owner, GROUP, UserId.of("admin"), Role.ADMIN);
        scene.run();
        say(scene, "secret-before");
        scene.engine.groups().remove(owner, GROUP, List.of(UserId.of("former")));
        scene.run();
        say(scene, "secret-after");
        return scene;
    }

    private static void say(Scene scene, String id) {
        scene.engine
                .messages()
                .send(Draft.text(UserId.of("secret-member"), GROUP, "x").withClientMessageId(ClientMessageId.of(id)));
        scene.run();
    }

    static Stream<Arguments> table() {
        return Stream.of(
                        row(id -> send(id), 404, 403, 200, 200, 200),
                        row(id -> new ClientFrame.Fetch(id, G, 0, 0, 100), 404, 200, 200, 200, 200),
                        row(id -> new ClientFrame.Receipts(id, G, 3), 404, 200, 200, 200, 200),
                        row(id -> new ClientFrame.Receipts(id, G, 5), 404, 404, 200, 200, 200),
                        row(id -> new ClientFrame.Read(id, G, 3), 404, 200, 200, 200, 200),
                        row(id -> new ClientFrame.Read(id, G, 5), 404, 422, 200, 200, 200),
                        row(id -> group(id, new GroupAction.Members(null, 10)), 404, 404, 200, 200, 200),
                        row(id -> group(id, new GroupAction.Rename("n")), 404, 404, 403, 200, 200),
                        row(id -> group(id, new GroupAction.AddMembers(List.of("zed"))), 404, 404, 403, 200, 200),
                        row(id -> group(id, new GroupAction.RemoveMembers(List.of("member"))), 404, 404, 403, 200, 200),
                        row(id -> group(id, new GroupAction.SetRole("member", "admin")), 404, 404, 403, 403, 200),
                        row(id -> group(id, new GroupAction.Dissolve()), 404, 404, 403, 403, 200),
                        row(id -> group(id, new GroupAction.Leave()), 404, 404, 200, 200, 409))
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> row(LongFunction<ClientFrame> frame, int... codes) {
        return IntStream.range(0, codes.length).mapToObj(i -> Arguments.of(frame.apply(77), ROLES.get(i), codes[i]));
    }

    private static ClientFrame send(long id) {
        return new ClientFrame.Send(id, G, "m-1", "text", Body.of("x"), Map.of(), 0, List.of());
    }

    private static ClientFrame group(long id, GroupAction action) {
        return new ClientFrame.Group(id, G, action);
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachRoleMayDoWhatIsItsOwn(ClientFrame frame, String role, int code) {
        Scene scene = group(new Scene());
        RawClient client = scene.join(role);
        client.write(frame);
        scene.pass(Duration.ofSeconds(1));
        assertThat(client.reply(77).status().code())
                .as("%s by %s: %s", frame, role, client.reply(77).status())
                .isEqualTo(code);
    }

    @Test
    void byNoFrameDoesAStrangerLearnAnythingOfAGroup() {
        List<ClientFrame> frames = AnyFrame.aimedAt(G, 3);
        assertThat(frames).hasSizeGreaterThan(20);
        for (ClientFrame frame : frames) {
            Scene scene = group(new Scene());
            long messages = scene.engine.counters().messagesAppended();
            RawClient stranger = scene.join("stranger");
            stranger.write(frame);
            scene.pass(Duration.ofSeconds(1));
            assertThat(stranger.frames.toString())
                    .as("what came after %s", frame)
                    .doesNotContain("secret-");
            assertThat(stranger.delivered(G)).as("delivered after %s", frame).isEmpty();
            assertThat(appendedToGroup(scene)).as("the group after %s", frame).isEqualTo(5);
            assertThat(scene.engine.counters().messagesAppended())
                    .as("appended by %s", frame)
                    .isBetween(messages, messages + 1);
        }
    }

    @Test
    void byNoFrameDoesAFormerMemberLearnWhatCameLater() {
        for (ClientFrame frame : AnyFrame.aimedAt(G, 5)) {
            Scene scene = group(new Scene());
            RawClient former = scene.join("former");
            former.write(frame);
            scene.pass(Duration.ofSeconds(1));
            assertThat(former.frames.toString()).as("what came after %s", frame).doesNotContain("secret-after");
            assertThat(appendedToGroup(scene)).as("the group after %s", frame).isEqualTo(5);
        }
    }

    private static long appendedToGroup(Scene scene) {
        return scene.store.log().heads(List.of(GROUP)).get(GROUP);
    }

    @Test
    void theHostForbidsByRolesAndPermissions() {
        List<@Nullable UserContext> senders = new ArrayList<>();
        Scene scene = group(new Scene(b -> b.authenticator(c -> new AuthOutcome.Accepted(new UserContext(
                        UserId.of(c.token()),
                        null,
                        Long.MAX_VALUE,
                        c.token().equals("admin") ? Set.of("auditor") : Set.of(),
                        Set.of("chat"))))
                .interceptor(new SendInterceptor() {
                    @Override
                    public Draft intercept(Draft draft) {
                        return draft;
                    }

                    @Override
                    public Draft intercept(Draft draft, @Nullable UserContext sender) {
                        senders.add(sender);
                        return draft;
                    }
                })
                .policy(new AccessPolicy() {
                    @Override
                    public boolean mayReadHistory(UserContext user, ConversationId conversation) {
                        return user.hasRole("auditor");
                    }

                    @Override
                    public boolean maySend(UserContext user, ConversationId conversation) {
                        return user.hasPermission("chat") && !user.hasRole("auditor");
                    }
                })));
        senders.clear();
        assertThat(code(scene, "member", new ClientFrame.Fetch(77, G, 0, 0, 10)))
                .isEqualTo(403);
        assertThat(code(scene, "member", new ClientFrame.Receipts(77, G, 3))).isEqualTo(403);
        assertThat(code(scene, "admin", new ClientFrame.Fetch(77, G, 0, 0, 10))).isEqualTo(200);
        assertThat(code(scene, "admin", send(77))).isEqualTo(403);
        assertThat(senders).isEmpty();
        assertThat(code(scene, "member", send(77))).isEqualTo(200);
        assertThat(senders)
                .singleElement()
                .satisfies(s -> assertThat(s.permissions()).containsExactly("chat"));
        scene.engine.messages().send(Draft.text(UserId.of("member"), GROUP, "by the host"));
        scene.run();
        assertThat(senders).hasSize(2).endsWith((UserContext) null);
    }

    private static int code(Scene scene, String user, ClientFrame frame) {
        RawClient client = scene.join(user);
        client.write(frame);
        scene.run();
        List<ServerFrame.Reply> replies = client.all(ServerFrame.Reply.class);
        return replies.get(replies.size() - 1).status().code();
    }

    @Test
    void aBrokenInterceptorDoesNotUseUpTheRequestsOfItsSenders() {
        int more = EngineOptions.defaults().maxPendingRequests() + 1;
        Scene broken = new Scene(b -> b.interceptor(draft -> {
            throw new IllegalStateException("broken");
        }));
        RawClient alice = broken.join("alice");
        List<Long> requests = IntStream.range(0, more)
                .mapToObj(i -> {
                    long id = alice.send("user:bob", "m" + i, "x");
                    broken.run();
                    return id;
                })
                .toList();

        assertThat(requests)
                .allSatisfy(id -> assertThat(alice.reply(id).status().code()).isEqualTo(500));
    }
}
