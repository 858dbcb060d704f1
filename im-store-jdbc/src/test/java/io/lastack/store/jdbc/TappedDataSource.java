package io.lastack.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A data source that tells of every statement before it runs, and of commits as {@code COMMIT}. */
final class TappedDataSource {
    private TappedDataSource() {}

    static DataSource of(DataSource target, Tap tap) {
        return proxy(
                DataSource.class,
                target,
                (name, args, result) -> result instanceof Connection connection ? connection(connection, tap) : result);
    }

    /** The same data source under the name of another product. */
    static DataSource called(String product, DataSource target) {
        return proxy(
                DataSource.class,
                target,
                (name, args, result) -> result instanceof Connection connection
                        ? proxy(
                                Connection.class,
                                connection,
                                (n, a, r) -> r instanceof DatabaseMetaData data ? named(product, data) : r)
                        : result);
    }

    private static DatabaseMetaData named(String product, DatabaseMetaData data) {
        return proxy(
                DatabaseMetaData.class,
                data,
                (name, args, result) -> name.equals("getDatabaseProductName") ? product : result);
    }

    private static Connection connection(Connection target, Tap tap) {
        Connection committing = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("commit")) {
                        tap.before("COMMIT");
                    }
                    return call(target, method, args);
                });
        return proxy(Connection.class, committing, (name, args, result) -> {
            if (result instanceof PreparedStatement prepared) {
                return statement(PreparedStatement.class, prepared, (String) args[0], tap);
            }
            return result instanceof Statement plain ? statement(Statement.class, plain, "", tap) : result;
        });
    }

    private static <S extends Statement> S statement(Class<S> type, S target, String prepared, Tap tap) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().startsWith("execute")) {
                tap.before(args == null ? prepared : (String) args[0]);
            }
            return call(target, method, args);
        }));
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> after.apply(method.getName(), args, call(target, method, args))));
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Hears of a statement, and may fail in its place. */
    @FunctionalInterface
    interface Tap {
        void before(String sql) throws SQLException;
    }

    /** What to make of a result. */
    @FunctionalInterface
    private interface After {
        Object apply(String method, Object[] args, Object result);
    }
}
