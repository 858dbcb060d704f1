/** The store on H2, PostgreSQL, MariaDB and MySQL. */
@NullMarked
package io.lastack.store.jdbc;

import org.jspecify.annotations.NullMarked;
