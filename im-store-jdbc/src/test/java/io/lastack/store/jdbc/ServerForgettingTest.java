package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.lastack.store.jdbc.server.ServerKind;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@EnumSource
class ServerForgettingTest extends ForgettingContract {
    private final ServerKind kind;
    private HikariDataSource pool;

    ServerForgettingTest(ServerKind kind) {
        this.kind = kind;
    }

    @Override
    DataSource database() {
        pool = ServerKind.hostsPool(kind.newDatabase());
        return pool;
    }

    @AfterEach
    void forget() {
        pool.close();
    }
}
