package io.lastack.store.redis;

import static io.lastack.store.redis.Chat.ALICE;
import static io.lastack.store.redis.Chat.BOB;
import static io.lastack.store.redis.Chat.CAROL;
import static io.lastack.store.redis.Chat.DIRECT;
import static io.lastack.store.redis.Chat.PHONE;
import static io.lastack.store.redis.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.ImStore;
import io.lastack.store.redis.server.RedisNodes;
import io.lastack.store.redis.server.RedisVersion;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClusterClient;

/** Whoever dies between the slots of a user and of a conversation leaves nothing that does not heal. */
class TwoSlotsTest {
    private static RedisNodes nodes;
    private static RedisClusterClient client;

    private final Keys keys = new Keys("test-" + UUID.randomUUID() + ":");
    private FailingServer server;
    private ImStore failing;
    private ImStore healthy;

    @BeforeAll
    static void startCluster() throws Exception {
        nodes = RedisNodes.start(RedisVersion.REDIS_7, 3);
        client = RedisClusterClient.create(nodes.addresses());
    }

    @AfterAll
    static void stopCluster() {
        client.close();
        nodes.close();
    }

    @BeforeEach
    void open() {
        server = new FailingServer(client);
        failing = store(server);
        healthy = store(new Server(client, Replicas.NONE, () -> {}));
    }

    @AfterEach
    void close() {
        failing.close();
        healthy.close();
    }

    private ImStore store(Server over) {
        RedisEpoch epoch = new RedisEpoch(over, keys, new SecureRandom());
        epoch.open(false);
        return new RedisStore(over, keys, OnceKeys.USUAL, epoch, "test-");
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARE, false",
        "PREPARE, true",
        "INDEX, true",
        "APPEND, false",
        "APPEND, true",
        "SETTLE, false",
        "SETTLE, true"
    })
    void anAppendThatDiedIsSeenAsAWholeOrNotAtAllAndItsRepeatCompletesIt(Script step, boolean applied) {
        ConversationId group = ConversationId.group("g");
        List<Draft> drafts = List.of(
                Chat.newGroup(group, BOB, CAROL),
                Chat.draft(ALICE, group),
                Chat.draft(BOB, ConversationId.inbox(CAROL)));
        server.fail(step, applied);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> failing.log().append(drafts, SENT_AT))
                .satisfies(e -> assertThat(e.retryable()).isTrue())
                .satisfies(e -> {
                    if (e.effect() == Effect.NOT_APPLIED) {
                        assertThat(healthy.log().heads(List.of(group, ConversationId.inbox(CAROL))))
                                .isEmpty();
                    }
                });
        boolean groupIs = healthy.memberships().find(group).isPresent();
        boolean inboxIs =
                healthy.memberships().find(ConversationId.inbox(CAROL)).isPresent();
        assertBelongs(BOB, groupIs ? 1 : 0);
        assertBelongs(CAROL, (groupIs ? 1 : 0) + (inboxIs ? 1 : 0));

        assertThat(healthy.log().append(drafts, SENT_AT))
                .allMatch(outcome -> outcome instanceof Appended || outcome instanceof AlreadyAppended);
        assertThat(Chat.read(healthy, group)).hasSize(2);
        assertThat(Chat.read(healthy, ConversationId.inbox(CAROL))).hasSize(1);
        assertBelongs(ALICE, 1);
        assertBelongs(BOB, 1);
        assertBelongs(CAROL, 2);
        assertThat(healthy.export().orElseThrow().sent(BOB, null, 10, 1000).messages())
                .hasSize(1);
    }

    private void assertBelongs(UserId user, int conversations) {
        assertThat(healthy.memberships().conversationCounts(List.of(user)))
                .isEqualTo(conversations == 0 ? Map.of() : Map.of(user, conversations));
        assertThat(healthy.memberships().conversations(user)).hasSize(conversations);
        assertThat(healthy.memberships().subscriptions(user, PHONE, null, 10)).hasSize(conversations);
    }

    @ParameterizedTest
    @EnumSource(
            value = Script.class,
            names = {"DEVICE", "START", "REGISTERED"})
    void aRegistrationThatDiedIsCompletedAndMovesNoDeviceThatWasStarted(Script step) {
        healthy.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);
        server.fail(step, true);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> failing.cursors().register(BOB, PHONE, DeviceStart.HEAD));
        healthy.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);

        boolean isNew = healthy.cursors().register(BOB, PHONE, DeviceStart.HEAD);

        assertThat(isNew).isEqualTo(step != Script.REGISTERED);
        assertThat(healthy.memberships().subscriptions(BOB, PHONE, List.of(DIRECT)))
                .singleElement()
                .satisfies(s -> assertThat(s.lastAck()).isEqualTo(step == Script.DEVICE ? 2 : 1));
    }

    @ParameterizedTest
    @CsvSource({"FORGET_DEVICES, true", "LEAVE, false", "LEAVE, true", "FORGET, false", "FORGET, true", "BLANK, false"})
    void anErasureThatDiedIsCompletedByTheNext(Script step, boolean applied) {
        healthy.log().append(List.of(Chat.draft(ALICE, DIRECT), Chat.draft(BOB, DIRECT)), SENT_AT);
        server.fail(step, applied);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> erase(failing));

        erase(healthy);

        assertBelongs(BOB, 0);
        assertThat(healthy.memberships().find(DIRECT).orElseThrow().members()).isEqualTo(1);
        assertThat(Chat.read(healthy, DIRECT))
                .extracting(m -> m.content().payload().size())
                .containsExactly(5, 0);
    }

    @ParameterizedTest
    @CsvSource({"RAISE_ACKS, false", "RAISE_ACKS, true", "NOTE_DEVICES, false", "NOTE_DEVICES, true"})
    void aDeviceWithAPositionInAnotherLogIsNotedThoughARaiseDied(Script step, boolean applied) {
        List<AckAdvance> advances = List.of(new AckAdvance(new CursorKey(DIRECT, BOB, PHONE), 3, SENT_AT));
        server.fail(step, applied);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> failing.positions().orElseThrow().raiseAcks(advances));
        assertThat(healthy.positions().orElseThrow().standings(DIRECT)).isEmpty();

        assertThat(healthy.positions().orElseThrow().raiseAcks(advances)).containsExactly(true);
        assertThat(healthy.export().orElseThrow().devices(BOB)).containsExactly(PHONE);
        assertThat(healthy.positions().orElseThrow().starting(BOB, PHONE)).isTrue();
    }

    @Test
    void anIntentionOfWhichNothingCameIsDroppedWhenItIsOld() {
        server.fail(Script.APPEND, false);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() ->
                        failing.log().append(List.of(Chat.newGroup(ConversationId.group("g"), BOB)), SENT_AT));
        String intended = new String(keys.user(BOB), java.nio.charset.StandardCharsets.UTF_8) + ":intended";
        assertThat(client.hlen(intended)).isEqualTo(1);
        assertBelongs(BOB, 0);
        assertThat(client.hlen(intended)).isEqualTo(1);

        client.hkeys(intended).forEach(intention -> client.hset(intended, intention, "1000"));
        assertBelongs(BOB, 0);
        assertThat(client.hlen(intended)).isZero();
    }

    private static void erase(ImStore store) {
        String position = null;
        do {
            position = store.erasure().orElseThrow().erase(BOB, position, 10);
        } while (position != null);
    }
}
