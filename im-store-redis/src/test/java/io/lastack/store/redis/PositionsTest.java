package io.lastack.store.redis;

import static io.lastack.store.redis.Chat.ALICE;
import static io.lastack.store.redis.Chat.BOB;
import static io.lastack.store.redis.Chat.DIRECT;
import static io.lastack.store.redis.Chat.PHONE;
import static io.lastack.store.redis.Chat.SENT_AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.store.redis.server.RedisProcess;
import io.lastack.store.redis.server.RedisVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** How positions of another store's log lie in Redis, and what it takes to ask for them. */
class PositionsTest {
    private RedisProcess process;
    private Jedis jedis;
    private CountingServer server;
    private RedisStore store;

    @BeforeEach
    void open() throws Exception {
        process = RedisProcess.start(RedisVersion.REDIS_7);
        jedis = new Jedis("127.0.0.1", process.port());
        server = new CountingServer(RedisClient.create(process.url()));
        RedisEpoch epoch = new RedisEpoch(server, new Keys("im:"), new java.security.SecureRandom());
        epoch.open(false);
        store = new RedisStore(server, new Keys("im:"), OnceKeys.USUAL, epoch, "test-");
    }

    @AfterEach
    void close() {
        store.close();
        jedis.close();
        process.close();
    }

    @Test
    void theyAreOneFieldForEachUserOfAConversation() {
        positions().raiseAcks(List.of(acked(DIRECT, ALICE, 3, 0), acked(DIRECT, BOB, 2, SENT_AT)));
        positions().raiseReads(List.of(new ReadAdvance(DIRECT, BOB, 1, 9)));

        assertThat(jedis.hgetAll("im:{" + DIRECT + "}:positions"))
                .isEqualTo(Map.of(ALICE.value(), "0 0 ;phone=3;", BOB.value(), "1 9 ;phone=2@" + SENT_AT + ";"));
    }

    @Test
    void ofAUserWhoIsForgottenNoKeyIsLeft() {
        int before = jedis.keys("*").size();
        positions().starting(BOB, PHONE);
        positions().raiseAcks(List.of(acked(DIRECT, BOB, 3, 0)));
        positions().registered(BOB, PHONE);
        positions().forget(BOB, List.of(DIRECT));

        assertThat(jedis.keys("*")).hasSize(before);
    }

    @Test
    void theStoresOwnConversationsAndTheirDevicesAreLeftAlone() {
        store.log().append(List.of(Chat.draft(ALICE, DIRECT)), SENT_AT);
        store.cursors().register(BOB, PHONE, DeviceStart.HEAD);
        assertThat(positions().starting(BOB, PHONE)).isTrue();
        positions().raiseAcks(List.of(acked(DIRECT, BOB, 900, 0)));
        positions().forget(BOB, List.of(DIRECT));

        assertThat(store.cursors().register(BOB, PHONE, DeviceStart.HEAD)).isFalse();
        assertThat(store.memberships().subscriptions(BOB, PHONE, List.of(DIRECT)))
                .singleElement()
                .satisfies(s -> assertThat(s.lastAck()).isOne());
    }

    @Test
    void eachCallIsOneRoundTripAndOneScriptForEachConversation() {
        List<ConversationId> conversations = IntStream.range(0, 40)
                .mapToObj(i -> ConversationId.direct(BOB, UserId.of("u" + (10 + i))))
                .toList();
        List<Place> places =
                conversations.stream().map(id -> new Place(id, BOB)).toList();
        assertCosts(3, 40 + 1 + 40, () -> positions().raiseAcks(acked(conversations, 1)));

        assertCosts(1, 40, () -> positions().raiseAcks(acked(conversations, 2)));
        assertCosts(
                1,
                40,
                () -> positions()
                        .raiseReads(conversations.stream()
                                .map(id -> new ReadAdvance(id, BOB, 2, 9))
                                .toList()));
        assertCosts(1, 40, () -> assertThat(positions().standings(places)).hasSize(40));
        assertCosts(
                1,
                1,
                () -> assertThat(positions().standings(conversations.get(0))).hasSize(1));
        assertCosts(1, 40, () -> elsewhere(places));
        assertCosts(1, 2, () -> store.positionsElsewhere().orElseThrow().subscriptions(BOB, Map.of(DIRECT, 1L)));
        assertCosts(1, 41, () -> positions().forget(BOB, conversations));
    }

    private void elsewhere(List<Place> places) {
        assertThat(store.positionsElsewhere().orElseThrow().visible(places)).isEmpty();
    }

    private void assertCosts(int roundTrips, int scripts, Runnable call) {
        server.sent.clear();
        call.run();
        assertThat(server.sent).hasSize(roundTrips);
        assertThat(server.sent.stream().mapToInt(Integer::intValue).sum()).isEqualTo(scripts);
    }

    private Positions positions() {
        return store.positions().orElseThrow();
    }

    private static List<AckAdvance> acked(List<ConversationId> conversations, long seq) {
        return conversations.stream().map(id -> acked(id, BOB, seq, 9)).toList();
    }

    private static AckAdvance acked(ConversationId conversation, UserId user, long seq, long at) {
        return new AckAdvance(new CursorKey(conversation, user, PHONE), seq, at);
    }

    /** Notes how many calls went out together, each time. */
    private static final class CountingServer extends Server {
        private final List<Integer> sent = new ArrayList<>();

        CountingServer(RedisClient client) {
            super(client, Replicas.NONE, client::close);
        }

        @Override
        List<Reply> calls(String what, List<Call> calls) {
            if (!calls.isEmpty()) {
                sent.add(calls.size());
            }
            return super.calls(what, calls);
        }
    }
}
