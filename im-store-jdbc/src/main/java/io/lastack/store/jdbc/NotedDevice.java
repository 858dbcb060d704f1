package io.lastack.store.jdbc;

import io.lastack.log.DeviceId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A device of somebody whose conversations are in another store. The primary key lets one of two note it first. */
final class NotedDevice {
    private static final String FIND = "SELECT registered FROM lastack_position_device WHERE usr = ? AND name = ?";
    private static final String ADD = "INSERT INTO lastack_position_device (usr, name, registered) VALUES (?, ?, ?)";
    private static final String REGISTER = "UPDATE lastack_position_device SET registered = TRUE"
            + " WHERE usr = ? AND name = ? AND registered = FALSE";
    private static final String ALL = "SELECT name FROM lastack_position_device WHERE usr = ?"
            + " UNION SELECT device FROM lastack_position WHERE usr = ? AND device <> ''";

    private final Handle handle;
    private final long user;
    private final DeviceId device;

    NotedDevice(Handle handle, long user, DeviceId device) {
        this.handle = handle;
        this.user = user;
        this.device = device;
    }

    /** All of a user that are noted, or have a position. */
    static List<DeviceId> of(Handle handle, long user) {
        return handle.createQuery(ALL)
                .bind(0, user)
                .bind(1, user)
                .mapTo(String.class)
                .map(DeviceId::of)
                .list();
    }

    boolean isRegistered() {
        return find().orElse(false);
    }

    /** Returns whether it has yet to be registered. */
    boolean begin() {
        Optional<Boolean> found = find();
        if (found.isEmpty()) {
            add(false);
        }
        return !found.orElse(false);
    }

    /** Returns whether it was not registered before. */
    boolean register() {
        int changed = handle.createUpdate(REGISTER)
                .bind(0, user)
                .bind(1, device.value())
                .execute();
        if (changed > 0) {
            return true;
        }
        if (find().isPresent()) {
            return false;
        }
        add(true);
        return true;
    }

    private Optional<Boolean> find() {
        return handle.createQuery(FIND)
                .bind(0, user)
                .bind(1, device.value())
                .mapTo(Boolean.class)
                .findOne();
    }

    private void add(boolean registered) {
        handle.createUpdate(ADD)
                .bind(0, user)
                .bind(1, device.value())
                .bind(2, registered)
                .execute();
    }
}
