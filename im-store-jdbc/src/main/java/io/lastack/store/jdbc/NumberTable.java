package io.lastack.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A table {@code k} of numbers that are bound to a statement, so that one statement of a fixed text does what would take one
 * for every row. Its rows come in the order in which they were bound, beside {@code k.i}, their number from 1 on.
 */
interface NumberTable {
    /** The table, with these columns, for a FROM clause. */
    String of(String... columns);

    /**
     * Binds the rows.
     *
     * @param parameter the index of the first parameter of the table
     * @param rows at least one, each as long as the number of columns
     * @return the index of the first parameter after it
     */
    int bind(PreparedStatement statement, int parameter, List<long[]> rows) throws SQLException;
}
