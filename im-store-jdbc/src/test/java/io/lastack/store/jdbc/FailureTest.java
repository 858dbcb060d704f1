package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each database's errors mean for a caller. */
class FailureTest {
    @ParameterizedTest
    @CsvSource({
        "23505, DUPLICATE",
        "40001, CONFLICT",
        "40P01, CONFLICT",
        "55P03, LOCKED",
        "08006, UNAVAILABLE",
        "08001, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "57P03, UNAVAILABLE",
        "57014, UNAVAILABLE",
        "53100, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "58030, UNAVAILABLE",
        "25006, UNAVAILABLE",
        "42P01, PERMANENT",
        "42501, PERMANENT",
        "22001, PERMANENT",
        "23502, PERMANENT",
        "28P01, PERMANENT",
        "3D000, PERMANENT"
    })
    void postgreSqlSaysItInStates(String state, Failure failure) {
        assertThat(new PostgreSqlDialect().failure(new SQLException("", state))).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "1062, 23000, DUPLICATE",
        "1213, 40001, CONFLICT",
        "1020, HY000, CONFLICT",
        "1205, HY000, LOCKED",
        "1205, 40001, LOCKED",
        "1114, HY000, UNAVAILABLE",
        "1021, HY000, UNAVAILABLE",
        "1030, HY000, UNAVAILABLE",
        "1290, HY000, UNAVAILABLE",
        "1792, 25006, UNAVAILABLE",
        "1040, 08004, UNAVAILABLE",
        "1053, 08S01, UNAVAILABLE",
        "1927, 70100, UNAVAILABLE",
        "1317, 70100, UNAVAILABLE",
        "0, 08000, UNAVAILABLE",
        "0, 08S01, UNAVAILABLE",
        "1146, 42S02, PERMANENT",
        "1142, 42000, PERMANENT",
        "1406, 22001, PERMANENT",
        "1048, 23000, PERMANENT",
        "1045, 28000, PERMANENT"
    })
    void mariaDbAndMySqlSayItInNumbers(int code, String state, Failure failure) {
        assertThat(new MariaDbDialect().failure(new SQLException("", state, code)))
                .isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "23505, 23505, DUPLICATE",
        "90131, 40001, CONFLICT",
        "50200, HYT00, LOCKED",
        "90031, 90031, UNAVAILABLE",
        "90040, 90040, PERMANENT",
        "42102, 42S02, PERMANENT"
    })
    void h2SaysItInBoth(int code, String state, Failure failure) {
        assertThat(new H2Dialect().failure(new SQLException("", state, code))).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({"jdbc:h2:mem:x", "jdbc:postgresql:x", "jdbc:mariadb:x"})
    void whatNoDriverGaveAStateMayPass(String url) {
        SQLException poolTimeout = new SQLException("no connection within 5 s");
        Dialect dialect = url.startsWith("jdbc:h2")
                ? new H2Dialect()
                : url.startsWith("jdbc:p") ? new PostgreSqlDialect() : new MariaDbDialect();
        assertThat(dialect.failure(poolTimeout)).isEqualTo(Failure.UNAVAILABLE);
    }
}
