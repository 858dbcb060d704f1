package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An array for each column, as PostgreSQL and H2 take them. */
final class ArrayTable implements NumberTable {
    private final String parameter;

    /** @param parameter an array of long numbers, as the database wants it written */
    ArrayTable(String parameter) {
        this.parameter = parameter;
    }

    @Override
    public String of(String... columns) {
        return Stream.of(columns).map(column -> parameter).collect(Collectors.joining(", ", "unnest(", ")"))
                + " WITH ORDINALITY AS k(" + String.join(", ", columns) + ", i)";
    }

    @Override
    public int bind(PreparedStatement statement, int parameter, List<long[]> rows) throws SQLException {
        int columns = rows.get(0).length;
        for (int column = 0; column < columns; column++) {
            setArray(statement, parameter + column, "bigint", column(rows, column));
        }
        return parameter + columns;
    }

    private static Long[] column(List<long[]> rows, int column) {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> rows.get(row)[column])
                .toArray(Long[]::new);
    }

    static void setArray(PreparedStatement statement, int parameter, String type, Object[] values) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(parameter, connection.createArrayOf(type, values));
    }
}
