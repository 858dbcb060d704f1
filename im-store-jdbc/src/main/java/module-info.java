/** Stores on H2 (embedded default), PostgreSQL, MariaDB and MySQL. */
module io.lastack.store.jdbc {
    requires transitive io.lastack.core;
    requires transitive java.sql;
    requires transitive org.jdbi.v3.core;
    requires com.h2database;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports io.lastack.store.jdbc;
}
