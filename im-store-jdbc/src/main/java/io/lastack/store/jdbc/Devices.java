package io.lastack.store.jdbc;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The numbers of devices. A device gets one when it is first heard of; it is registered when its start was decided. Numbers
 * are remembered as those of {@link NumberedNames} are.
 */
final class Devices {
    private static final String FIND = "SELECT id FROM lastack_device WHERE usr = ? AND name = ?";
    private static final String OF_USER = "SELECT name FROM lastack_device WHERE usr = ? ORDER BY name";
    private static final String ADD = "INSERT INTO lastack_device (usr, name) VALUES (?, ?)";

    private final Database database;
    private final NumberedNames users;
    private final BoundedCache<Key, Long> numbers;

    Devices(Database database, NumberedNames users, int cacheSize) {
        this.database = database;
        this.users = users;
        this.numbers = new BoundedCache<>(cacheSize);
    }

    /** The numbers of a user and its device; 0, which no row has, for what is not known. */
    Known known(Handle handle, UserId user, DeviceId device) {
        Long owner = users.find(handle, user.value());
        if (owner == null) {
            return new Known(0, 0);
        }
        Key key = new Key(owner, device.value());
        Long number = numbers.get(database.opening(), key);
        if (number == null) {
            number = select(handle, key).orElse(0L);
            if (number != 0) {
                numbers.put(database.opening(), key, number);
            }
        }
        return new Known(owner, number);
    }

    /** The number of a user's device, made if there is none. */
    long findOrAdd(long user, DeviceId device) {
        Key key = new Key(user, device.value());
        Long number = numbers.get(database.opening(), key);
        if (number == null) {
            number = database.prepare("number a device", handle -> selectOrInsert(handle, key));
            numbers.put(database.opening(), key, number);
        }
        return number;
    }

    /** All that are known of a user, in ascending order. */
    List<DeviceId> of(Handle handle, long user) {
        return handle.createQuery(OF_USER).bind(0, user).mapTo(String.class).map(DeviceId::of).stream()
                .sorted()
                .toList();
    }

    /** Its row is gone: the number means nothing any more. */
    void forget(long user, DeviceId device) {
        numbers.remove(database.opening(), new Key(user, device.value()));
    }

    private static long selectOrInsert(Handle handle, Key key) throws SQLException {
        Optional<Long> found = select(handle, key);
        if (found.isPresent()) {
            return found.get();
        }
        try (PreparedStatement add = handle.getConnection().prepareStatement(ADD)) {
            add.setLong(1, key.user());
            add.setString(2, key.device());
            add.executeUpdate();
        }
        return select(handle, key).orElseThrow();
    }

    private static Optional<Long> select(Handle handle, Key key) {
        return handle.createQuery(FIND)
                .bind(0, key.user())
                .bind(1, key.device())
                .mapTo(Long.class)
                .findOne();
    }

    /** The numbers of a user and one of its devices. */
    record Known(long user, long device) {}

    private record Key(long user, String device) {}
}
