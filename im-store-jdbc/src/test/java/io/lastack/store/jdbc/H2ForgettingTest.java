package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

class H2ForgettingTest extends ForgettingContract {
    private Connection keepsOpen;

    @Override
    DataSource database() {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        memory.setUser("sa");
        try {
            keepsOpen = memory.getConnection();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return memory;
    }

    @AfterEach
    void forget() throws SQLException {
        keepsOpen.close();
    }
}
