package io.lastack.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.util.Locale;

/** Settings of an own pool that leads to a server: no call waits for ever, and the pool is back soon after the server is. */
final class ServerPool {
    static final int CONNECT_SECONDS = 5;

    /** The longest silence of the server before a connection is given up; slow statements are to fit in. */
    static final int ANSWER_SECONDS = 60;

    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;
    private static final long VALIDATION_TIMEOUT_MILLIS = 2_000;
    private static final long KEEPALIVE_MILLIS = 60_000;

    private ServerPool() {}

    static void configure(HikariConfig pool) {
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        pool.setKeepaliveTime(KEEPALIVE_MILLIS);
    }

    /** A property for the driver, unless the URL names it. */
    static void setIfNotSaid(HikariConfig pool, String property, Object value) {
        String url = String.valueOf(pool.getJdbcUrl()).toLowerCase(Locale.ROOT);
        String name = property.toLowerCase(Locale.ROOT) + "=";
        if (!url.contains("?" + name) && !url.contains("&" + name)) {
            pool.addDataSourceProperty(property, String.valueOf(value));
        }
    }
}
