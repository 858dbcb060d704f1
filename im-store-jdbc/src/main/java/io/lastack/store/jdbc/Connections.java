package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from; the receiver closes each. */
@FunctionalInterface
interface Connections {
    Connection open() throws SQLException;
}
