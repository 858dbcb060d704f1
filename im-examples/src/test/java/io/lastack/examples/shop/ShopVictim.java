package io.lastack.examples.shop;

import io.lastack.ImEngine;
import io.lastack.log.Change.History;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.HostAppend;
import io.lastack.spi.UserContext;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.WriteTurn;
import io.lastack.transport.tyrus.TyrusServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A shop with a server that takes orders as fast as it can until it is killed. Of the orders, some are rolled back, some
 * announced to the engine (and then written to the output, as {@code C number}), some neither. Some append and take back
 * what they appended.
 */
final class ShopVictim {
    static final List<UserId> BUYERS = List.of(UserId.of("ann"), UserId.of("ben"), UserId.of("cat"));
    static final ConversationId STAFF = ConversationId.group("staff");

    private static final FileOutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);
    private static final UserId SHOP = UserId.of("shop");
    private static final int THREADS = 3;

    private final JdbcConnectionPool database;
    private final JdbcStore store;
    private final ImEngine im;
    private final AtomicLong numbers = new AtomicLong();

    private ShopVictim(String file) throws SQLException {
        database = database(file);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders (number BIGINT PRIMARY KEY, buyer VARCHAR(64))");
            try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(number), 0) FROM orders")) {
                row.next();
                numbers.set(row.getLong(1));
            }
        }
        store = JdbcStore.of(database);
        im = ImEngine.builder(store)
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .build();
    }

    static JdbcConnectionPool database(String file) {
        return JdbcConnectionPool.create(
                "jdbc:h2:retry:" + file + ";WRITE_DELAY=2147483647;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
    }

    /** Arguments: the file, the port (0 for any), the seed, and whether to take orders. */
    public static void main(String[] args) throws SQLException, IOException {
        System.setOut(System.err); // Logs must not come between the confirmations.
        ShopVictim victim = new ShopVictim(args[0]);
        TyrusServer server = TyrusServer.builder(victim.im)
                .host("127.0.0.1")
                .port(Integer.parseInt(args[1]))
                .start();
        if (victim.store.memberships().find(STAFF).isEmpty()) {
            victim.im
                    .groups()
                    .create(STAFF, SHOP, "Staff", History.ALL, BUYERS)
                    .toCompletableFuture()
                    .join();
        }
        print("PORT " + server.port());
        if (Boolean.parseBoolean(args[3])) {
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(Long.parseLong(args[2]) + thread);
                new Thread(() -> victim.takeOrders(random)).start();
            }
        }
    }

    private void takeOrders(Random random) {
        try {
            while (true) {
                takeOrder(random);
                if (random.nextInt(4) == 0) {
                    im.messages().send(Draft.text(SHOP, STAFF, "well done"));
                }
            }
        } catch (SQLException | IOException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void takeOrder(Random random) throws SQLException, IOException {
        long number = numbers.incrementAndGet();
        UserId buyer = BUYERS.get(random.nextInt(BUYERS.size()));
        HostAppend appended;
        try (WriteTurn turn = store.turn();
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, number, buyer);
            if (random.nextInt(4) == 0) {
                takeBack(connection, number, buyer);
            }
            appended = store.appendIn(
                    connection,
                    List.of(message(number, ConversationId.inbox(buyer)), message(number, STAFF)),
                    System.currentTimeMillis());
            if (random.nextInt(3) == 0) {
                connection.rollback();
                return;
            }
            connection.commit();
        }
        if (random.nextBoolean()) {
            im.messages().committed(appended).toCompletableFuture().join();
            print("C " + number);
        }
    }

    private static void insert(Connection connection, long number, UserId buyer) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO orders (number, buyer) VALUES (?, ?)")) {
            insert.setLong(1, number);
            insert.setString(2, buyer.value());
            insert.executeUpdate();
        }
    }

    /** A message that is appended and taken back inside a transaction that goes on. */
    private void takeBack(Connection connection, long number, UserId buyer) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        Draft draft = Draft.text(SHOP, ConversationId.inbox(buyer), "never mind")
                .withClientMessageId(ClientMessageId.of("undone-" + number));
        store.appendIn(connection, List.of(draft), 1);
        connection.rollback(savepoint);
    }

    private static Draft message(long number, ConversationId to) {
        return Draft.text(SHOP, to, "order " + number).withClientMessageId(ClientMessageId.of("order-" + number));
    }

    private static synchronized void print(String line) throws IOException {
        OUTPUT.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
