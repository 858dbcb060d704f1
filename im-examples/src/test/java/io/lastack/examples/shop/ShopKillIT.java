package io.lastack.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.ImRuntime;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogQuery;
import io.lastack.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop is killed with SIGKILL amid its orders, again and again. Each time, every order has its messages and every message
 * its order; in the end, the buyers' devices, which were on all the time, were shown every message once and in order.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ShopKillIT {
    private static final int KILLS = Integer.getInteger("lastack.kills", Boolean.getBoolean("lastack.heavy") ? 8 : 4);
    private static final int MOST_ORDERS_IN_A_LIFE = 150;

    @TempDir
    Path directory;

    private final Set<Long> confirmed = ConcurrentHashMap.newKeySet();

    @Test
    void ordersAndTheirMessagesSurviveKillsTogetherAndReachTheBuyersOnce() throws Exception {
        long seed = Long.getLong("lastack.seed", System.nanoTime());
        System.out.println("shop: repeat with -Dlastack.seed=" + seed);
        Random random = new Random(seed);
        String file = directory.resolve("shop").toString();
        List<ShopBuyer> buyers = new ArrayList<>();
        int port = 0;
        try (ImRuntime runtime = ImRuntime.system()) {
            for (int kill = 1; kill <= KILLS; kill++) {
                int orders = 1 + random.nextInt(MOST_ORDERS_IN_A_LIFE);
                try (ShopProcess shop = new ShopProcess(file, port, random.nextLong(), confirmed, orders)) {
                    port = shop.port();
                    connect(buyers, runtime, port);
                    shop.awaitLife();
                }
                check(file, "kill " + kill + " of seed " + seed);
            }
            Map<ConversationId, List<Message>> log = check(file, "the last kill of seed " + seed);
            try (ShopProcess idle = new ShopProcess(file, port, 0, confirmed, 0)) {
                assertThat(idle.port()).isEqualTo(port);
                for (ShopBuyer buyer : buyers) {
                    assertShown(buyer, ConversationId.inbox(buyer.user), log);
                    assertShown(buyer, ShopVictim.STAFF, log);
                }
            }
            System.out.printf(
                    "shop: seed %d, %d kills, %d orders with %d messages, %d of them confirmed, 0 apart, 0 lost, 0 gaps,"
                            + " each shown once to each of %d devices%n",
                    seed,
                    KILLS,
                    orders(file).size(),
                    log.values().stream().mapToInt(List::size).sum(),
                    confirmed.size(),
                    buyers.size());
        } finally {
            buyers.forEach(ShopBuyer::close);
        }
    }

    private static void connect(List<ShopBuyer> buyers, ImRuntime runtime, int port) {
        if (buyers.isEmpty()) {
            ShopVictim.BUYERS.forEach(user -> buyers.add(new ShopBuyer(runtime, user, port)));
        }
    }

    private static void assertShown(
            ShopBuyer buyer, ConversationId conversation, Map<ConversationId, List<Message>> log)
            throws InterruptedException {
        List<Message> messages = log.get(conversation);
        buyer.await(conversation, messages.size());
        assertThat(buyer.shown(conversation))
                .as("what %s was shown of %s", buyer.user, conversation)
                .isEqualTo(messages);
    }

    /** @return the logs, by conversation */
    private Map<ConversationId, List<Message>> check(String file, String when) throws SQLException {
        Map<Long, String> orders = orders(file);
        assertThat(orders.keySet()).as("orders after %s", when).containsAll(confirmed);
        Map<ConversationId, List<Message>> log = log(file, when);
        assertThat(announced(log.get(ShopVictim.STAFF)))
                .as("orders known to the staff after %s", when)
                .containsExactlyInAnyOrderElementsOf(orders.keySet());
        for (UserId buyer : ShopVictim.BUYERS) {
            List<Long> own = orders.entrySet().stream()
                    .filter(order -> order.getValue().equals(buyer.value()))
                    .map(Map.Entry::getKey)
                    .toList();
            List<Message> inbox = log.get(ConversationId.inbox(buyer));
            assertThat(announced(inbox))
                    .as("orders announced to %s after %s", buyer, when)
                    .containsExactlyInAnyOrderElementsOf(own)
                    .hasSameSizeAs(inbox);
        }
        return log;
    }

    private static List<Long> announced(List<Message> messages) {
        return messages.stream()
                .map(message -> message.clientMessageId().value())
                .filter(id -> id.startsWith("order-"))
                .map(id -> Long.parseLong(id.substring("order-".length())))
                .toList();
    }

    private static Map<Long, String> orders(String file) throws SQLException {
        JdbcConnectionPool database = ShopVictim.database(file);
        Map<Long, String> orders = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number, buyer FROM orders")) {
            while (rows.next()) {
                orders.put(rows.getLong(1), rows.getString(2));
            }
        } finally {
            database.dispose();
        }
        return orders;
    }

    private static Map<ConversationId, List<Message>> log(String file, String when) {
        List<ConversationId> conversations = new ArrayList<>(List.of(ShopVictim.STAFF));
        ShopVictim.BUYERS.forEach(buyer -> conversations.add(ConversationId.inbox(buyer)));
        JdbcConnectionPool database = ShopVictim.database(file);
        Map<ConversationId, List<Message>> log = new HashMap<>();
        try (JdbcStore store = JdbcStore.of(database)) {
            Map<ConversationId, Long> heads = store.log().heads(conversations);
            for (ConversationId conversation : conversations) {
                LogQuery all = new LogQuery(conversation, new SeqRange(1, Long.MAX_VALUE), Integer.MAX_VALUE);
                List<Message> messages = store.log().read(List.of(all)).get(0).messages();
                assertThat(messages)
                        .as("seqs of %s after %s", conversation, when)
                        .extracting(Message::seq)
                        .isEqualTo(LongStream.rangeClosed(1, heads.getOrDefault(conversation, 0L))
                                .boxed()
                                .toList());
                log.put(conversation, messages);
            }
        } finally {
            database.dispose();
        }
        return log;
    }
}
