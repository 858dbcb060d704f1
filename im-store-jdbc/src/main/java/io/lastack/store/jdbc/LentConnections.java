package io.lastack.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends connections, and takes back those that were kept: Flyway keeps one where a script fails, and a pool waits for it. */
final class LentConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LentConnections.class);

    private final DataSource target;
    private final Collection<Connection> lent = new ConcurrentLinkedQueue<>();

    LentConnections(DataSource target) {
        this.target = target;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    try {
                        Object result = method.invoke(target, args);
                        if (result instanceof Connection connection) {
                            lent.add(connection);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Override
    public void close() {
        for (Connection connection : lent) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("a connection broke before it was given back", e);
            }
        }
    }
}
