package io.lastack.examples.shop;

import io.lastack.ImEngine;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.HostAppend;
import io.lastack.spi.UserContext;
import io.lastack.store.jdbc.JdbcStore;
import io.lastack.store.jdbc.WriteTurn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/** A shop whose orders and LastAck's messages lie in one database: no order without its message, no message without its order. */
public final class Shop implements AutoCloseable {
    static final UserId SHOP = UserId.of("shop");

    private final JdbcConnectionPool database;
    private final JdbcStore store;
    private final ImEngine im;

    private Shop(JdbcConnectionPool database) {
        this.database = database;
        // The shop's own data source: LastAck's tables are made beside the shop's.
        this.store = JdbcStore.of(database);
        // A demonstration: whoever says a name is let in under it.
        this.im = ImEngine.builder(store)
                .authenticator(c -> new AuthOutcome.Accepted(UserContext.of(UserId.of(c.token()))))
                .build();
    }

    /** Opens the shop, with its database in a directory. */
    public static Shop open(Path directory) throws SQLException {
        JdbcConnectionPool database = JdbcConnectionPool.create(
                "jdbc:h2:retry:" + directory.toAbsolutePath().resolve("shop")
                        + ";WRITE_DELAY=2147483647;DB_CLOSE_ON_EXIT=FALSE",
                "sa",
                "");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders ("
                    + "number BIGINT PRIMARY KEY, buyer VARCHAR(64) NOT NULL, article VARCHAR(100) NOT NULL)");
        }
        return new Shop(database);
    }

    ImEngine im() {
        return im;
    }

    /**
     * Places an order. When this returns, the order and its message are stored, and the buyer's devices that are online
     * were offered the message; when it throws, neither is there.
     *
     * @return the number of the order
     */
    public long order(UserId buyer, String article, Payment payment) throws SQLException {
        long number;
        HostAppend message;
        // In an H2 file, a transaction that has its turn is there as a whole or not at all, whenever the process dies.
        try (WriteTurn turn = store.turn();
                Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                number = insert(connection, buyer, article);
                message = store.appendIn(
                        connection, List.of(announcement(number, buyer, article)), System.currentTimeMillis());
                payment.collect();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
        im.messages().committed(message).toCompletableFuture().join();
        return number;
    }

    /** The client message id is made of the order's key: announcing an order twice is the same message. */
    static Draft announcement(long number, UserId buyer, String article) {
        return Draft.text(SHOP, ConversationId.inbox(buyer), "Your order " + number + " is on its way: " + article)
                .withClientMessageId(ClientMessageId.of("order-" + number));
    }

    private static long insert(Connection connection, UserId buyer, String article) throws SQLException {
        long number = lastNumber(connection) + 1;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO orders (number, buyer, article) VALUES (?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setString(2, buyer.value());
            insert.setString(3, article);
            insert.executeUpdate();
        }
        return number;
    }

    private static long lastNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(number), 0) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** How many orders there are. */
    public long orders() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return lastNumber(connection);
        }
    }

    @Override
    public void close() {
        im.close();
        store.close();
        database.dispose();
    }

    /** The last step of an order. */
    @FunctionalInterface
    public interface Payment {
        /** @throws IllegalStateException if it is declined */
        void collect();
    }
}
