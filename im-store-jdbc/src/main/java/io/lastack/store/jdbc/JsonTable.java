package io.lastack.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;

/** One JSON array of rows, as MariaDB and MySQL take them. */
final class JsonTable implements NumberTable {
    @Override
    public String of(String... columns) {
        StringJoiner definitions = new StringJoiner(", ", "JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, ", ")) k");
        for (int i = 0; i < columns.length; i++) {
            definitions.add(columns[i] + " BIGINT PATH '$[" + i + "]'");
        }
        return definitions.toString();
    }

    @Override
    public int bind(PreparedStatement statement, int parameter, List<long[]> rows) throws SQLException {
        StringBuilder json = new StringBuilder(rows.size() * 16).append('[');
        for (long[] row : rows) {
            json.append(json.length() == 1 ? "[" : ",[");
            for (int i = 0; i < row.length; i++) {
                json.append(i == 0 ? "" : ",").append(row[i]);
            }
            json.append(']');
        }
        statement.setString(parameter, json.append(']').toString());
        return parameter + 1;
    }
}
