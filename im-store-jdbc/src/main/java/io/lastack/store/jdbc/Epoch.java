package io.lastack.store.jdbc;

import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/** The identity of the stored data, drawn when it was first opened. */
final class Epoch {
    private static final String FIND = "SELECT val FROM lastack_meta WHERE name = 'epoch'";
    private static final String ADD = "INSERT INTO lastack_meta (name, val) VALUES ('epoch', :epoch)";

    private Epoch() {}

    /** Two stores that open the same new database at once agree: the primary key lets one of them draw. */
    static String findOrDraw(Database database, RandomGenerator random) {
        Optional<String> found = database.read("read the epoch", Epoch::find);
        return found.orElseGet(() ->
                database.write("store the epoch", handle -> find(handle).orElseGet(() -> draw(handle, random))));
    }

    private static Optional<String> find(Handle handle) {
        return handle.createQuery(FIND).mapTo(String.class).findOne();
    }

    private static String draw(Handle handle, RandomGenerator random) {
        String epoch = new UUID(random.nextLong(), random.nextLong()).toString();
        handle.createUpdate(ADD).bind("epoch", epoch).execute();
        return epoch;
    }
}
