package io.lastack.store.jdbc.server;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database server of the tests' own: a real process, with its data on the disk. */
public abstract class TestServer implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The URL of one of its databases, with the user in it. */
    public abstract String url(String database);

    /** The URL of a new, empty database. */
    public final String newDatabase() {
        String name = "im" + DATABASES.incrementAndGet();
        try {
            execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("the server of the tests makes no database", e);
        }
        return url(name);
    }

    /** Runs statements as the superuser, in the database that is always there. */
    public final void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(adminUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    abstract String adminUrl();

    /** Ends all its processes at once, as a crash does. */
    public abstract void kill() throws IOException, InterruptedException;

    /** Starts it again, on the same port and with the same data, after a {@link #kill}. */
    public abstract void restart() throws IOException, InterruptedException;

    /** Ends it and deletes its data. */
    @Override
    public abstract void close();
}
