package io.lastack.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCauseTest {
    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505"})
    void aDriverThatMayQuoteTheRowIsNotQuoted(String state) {
        SQLException e = new SQLException("Value too long: 'a private message'", state, 7);

        assertThat(SqlCause.describe(e)).isEqualTo("SQL state " + state + ", code 7");
    }

    @Test
    void otherwiseTheDriversFirstLineIsGivenWithoutTheStatement() {
        SQLException e = new SQLException("Timeout trying to lock table; SQL statement:\nSELECT 1", "HYT00", 50200);

        assertThat(SqlCause.describe(e)).isEqualTo("SQL state HYT00, code 50200, Timeout trying to lock table");
    }

    @Test
    void aFailedBatchIsDescribedByWhatFailedInIt() {
        BatchUpdateException batch = new BatchUpdateException("batch", "HY000", 0, new int[0]);
        batch.setNextException(new SQLException("duplicate", "23505", 23505));

        assertThat(SqlCause.of(new ConnectionException(batch)).map(SQLException::getErrorCode))
                .contains(23505);
    }

    @Test
    void whatNoDriverThrewHasNoCauseOfThisKind() {
        assertThat(SqlCause.of(new IllegalStateException("x"))).isEmpty();
    }
}
