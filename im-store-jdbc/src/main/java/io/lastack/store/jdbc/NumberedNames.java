package io.lastack.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that stand for the names of users, or of conversations, in every other table. A number never changes and is
 * never given up, so that it can be remembered: as long as the database stays open, since it need not be durable before
 * something is that builds on it. All methods are to be called {@linkplain Database#inside inside} of one call of the
 * database, together with what uses the numbers.
 */
final class NumberedNames {
    private final Database database;
    private final String what;
    private final String byName;
    private final String byNumber;
    private final String insert;
    private final BoundedCache<String, Long> numbers;
    private final BoundedCache<Long, String> names;

    private NumberedNames(Database database, String what, String table, int cacheSize) {
        this.database = database;
        this.what = what;
        Dialect dialect = database.dialect();
        byName = "SELECT t.name, t.id FROM " + dialect.valuesOf("names") + " JOIN " + table + " t ON t.name = k.v";
        byNumber = "SELECT t.name, t.id FROM " + dialect.numbersOf("numbers") + " JOIN " + table + " t ON t.id = k.v";
        insert = "INSERT INTO " + table + " (name) VALUES (?)";
        numbers = new BoundedCache<>(cacheSize);
        names = new BoundedCache<>(cacheSize);
    }

    static NumberedNames users(Database database, int cacheSize) {
        return new NumberedNames(database, "number users", "lastack_user", cacheSize);
    }

    static NumberedNames conversations(Database database, int cacheSize) {
        return new NumberedNames(database, "number conversations", "lastack_conversation", cacheSize);
    }

    /** The number of one name, or null if it has none; read with {@code handle} if it is not remembered. */
    @Nullable
    Long find(Handle handle, String name) {
        Long number = numbers.get(database.opening(), name);
        return number != null ? number : select(handle, Set.of(name)).get(name);
    }

    /** The numbers of those names that have one. */
    Map<String, Long> find(Set<String> wanted) {
        Map<String, Long> found = new HashMap<>();
        Set<String> unknown = remembered(wanted, numbers, found);
        if (!unknown.isEmpty()) {
            found.putAll(database.read(what, handle -> select(handle, unknown)));
        }
        return found;
    }

    /** The number of a name, which gets one if it has none. */
    long findOrAdd(String name) {
        return findOrAdd(Set.of(name)).values().iterator().next();
    }

    /** The numbers of all the names; those that have none get one. */
    Map<String, Long> findOrAdd(Set<String> wanted) {
        Map<String, Long> found = find(wanted);
        if (found.size() < wanted.size()) {
            // Sorted, so that two that add the same names wait for each other instead of dead-locking.
            Set<String> missing = new TreeSet<>(wanted);
            missing.removeAll(found.keySet());
            Map<String, Long> added = database.prepare(what, handle -> add(handle, missing));
            added.forEach(this::remember);
            found.putAll(added);
        }
        return found;
    }

    /** The names behind the numbers; those not remembered are read with {@code handle}. */
    Map<Long, String> names(Handle handle, Set<Long> wanted) {
        Map<Long, String> found = new HashMap<>();
        Set<Long> unknown = remembered(wanted, names, found);
        if (!unknown.isEmpty()) {
            selectNames(handle, unknown).forEach((name, number) -> found.put(number, name));
        }
        return found;
    }

    private <K, V> Set<K> remembered(Set<K> wanted, BoundedCache<K, V> cache, Map<K, V> into) {
        Set<K> unknown = new HashSet<>();
        int opening = database.opening();
        for (K key : wanted) {
            V value = cache.get(opening, key);
            if (value == null) {
                unknown.add(key);
            } else {
                into.put(key, value);
            }
        }
        return unknown;
    }

    private Map<String, Long> add(Handle handle, Set<String> missing) throws SQLException {
        Set<String> absent = new TreeSet<>(missing);
        absent.removeAll(queryByName(handle, missing).keySet());
        try (PreparedStatement statement = handle.getConnection().prepareStatement(insert)) {
            for (String name : absent) {
                statement.setString(1, name);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return queryByName(handle, missing);
    }

    private Map<String, Long> select(Handle handle, Set<String> unknown) {
        Map<String, Long> rows = queryByName(handle, unknown);
        rows.forEach(this::remember);
        return rows;
    }

    private Map<String, Long> selectNames(Handle handle, Set<Long> unknown) {
        Map<String, Long> rows = rows(database.dialect().bindValues(handle.createQuery(byNumber), "numbers", unknown));
        rows.forEach(this::remember);
        return rows;
    }

    private Map<String, Long> queryByName(Handle handle, Set<String> wanted) {
        return rows(database.dialect().bindValues(handle.createQuery(byName), "names", wanted));
    }

    private static Map<String, Long> rows(Query query) {
        Map<String, Long> rows = new HashMap<>();
        query.map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    private void remember(String name, Long number) {
        int opening = database.opening();
        numbers.put(opening, name, number);
        names.put(opening, number, name);
    }
}
