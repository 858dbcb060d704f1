package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

class H2HostTransactionTest extends HostTransactionContract {
    private final List<Connection> keepOpen = new ArrayList<>();

    @Override
    DataSource database() {
        return memory();
    }

    @Override
    DataSource otherDatabase(boolean withTables) {
        return memory();
    }

    private DataSource memory() {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=2000");
        memory.setUser("sa");
        try {
            keepOpen.add(memory.getConnection());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return memory;
    }

    @AfterEach
    void forget() throws SQLException {
        for (Connection connection : keepOpen) {
            connection.close();
        }
    }
}
