package io.lastack.store.jdbc;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.lastack.store.jdbc.server.ServerKind;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass
@EnumSource
class ServerHostTransactionTest extends HostTransactionContract {
    private final ServerKind kind;

    ServerHostTransactionTest(ServerKind kind) {
        this.kind = kind;
    }

    @Override
    DataSource database() {
        return newDatabase();
    }

    @Override
    DataSource otherDatabase(boolean withTables) {
        DataSource other = newDatabase();
        if (withTables) {
            JdbcStore.of(other).close();
        }
        return other;
    }

    private DataSource newDatabase() {
        try {
            return source(kind.newDatabase());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private DataSource source(String url) throws SQLException {
        return switch (kind) {
            case POSTGRESQL -> {
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setURL(url + "&options=-c%20lock_timeout=2s");
                yield source;
            }
            case MARIADB -> new MariaDbDataSource(url + "&sessionVariables=innodb_lock_wait_timeout=2");
            case MYSQL -> {
                MysqlDataSource source = new MysqlDataSource();
                source.setURL(url + "&sessionVariables=innodb_lock_wait_timeout=2");
                yield source;
            }
        };
    }
}
