package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.error.StoreException.Effect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Which dialect goes with which database. */
final class Dialects {
    private static final String ALLOWED = "jdbc:h2:…, as in jdbc:h2:file:./data/im; jdbc:postgresql:…, as in"
            + " jdbc:postgresql://localhost/im; jdbc:mariadb:…, as in jdbc:mariadb://localhost/im; jdbc:mysql:…";

    private Dialects() {}

    static Dialect ofUrl(String url) {
        if (url.startsWith(H2Url.PREFIX)) {
            return new H2Dialect();
        }
        if (url.startsWith(PostgreSqlDialect.PREFIX)) {
            requireDriver(url, "org.postgresql:postgresql");
            return new PostgreSqlDialect();
        }
        if (url.startsWith(MariaDbDialect.PREFIX)) {
            requireDriver(url, "org.mariadb.jdbc:mariadb-java-client");
            return new MariaDbDialect();
        }
        if (url.startsWith(MariaDbDialect.MYSQL_PREFIX)) {
            requireDriver(url, "com.mysql:mysql-connector-j");
            return new MariaDbDialect();
        }
        throw new IllegalArgumentException("the URL " + withoutSettings(url)
                + " is not of a database that this store knows; allowed are " + ALLOWED);
    }

    private static void requireDriver(String url, String artifact) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new StoreException(
                    "no driver takes the URL " + withoutSettings(url) + "; check how it is written, and that "
                            + artifact + " is on the class path",
                    e,
                    false,
                    Effect.NOT_APPLIED);
        }
    }

    static Dialect of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case H2Dialect.PRODUCT -> new H2Dialect();
                case PostgreSqlDialect.PRODUCT -> new PostgreSqlDialect();
                case MariaDbDialect.PRODUCT, MariaDbDialect.MYSQL_PRODUCT -> new MariaDbDialect();
                default ->
                    throw new IllegalArgumentException("the data source leads to " + product
                            + ", which this store does not know; allowed are H2, PostgreSQL, MariaDB and MySQL");
            };
        }
    }

    /** The URL without what may hold a password. */
    static String withoutSettings(String url) {
        return url.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//");
    }
}
