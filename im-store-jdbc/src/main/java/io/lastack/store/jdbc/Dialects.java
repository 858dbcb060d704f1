package io.lastack.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Which dialect goes with which database. */
final class Dialects {
    private Dialects() {}

    static Dialect ofUrl(String url) {
        if (url.startsWith(H2Url.PREFIX)) {
            return new H2Dialect();
        }
        throw new IllegalArgumentException("the URL " + withoutSettings(url)
                + " is not of a database that this store knows; allowed is jdbc:h2:…, as in jdbc:h2:file:./data/im");
    }

    static Dialect of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (product.equals(H2Dialect.PRODUCT)) {
                return new H2Dialect();
            }
            throw new IllegalArgumentException(
                    "the data source leads to " + product + ", which this store does not know; allowed is H2");
        }
    }

    /** The URL without what may hold a password. */
    static String withoutSettings(String url) {
        return url.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//");
    }
}
