package io.lastack.store.jdbc;

import io.lastack.spi.EpochRenewal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The identity of the stored data, drawn when it was first opened. Read anew each time: another process may renew it. */
final class Epoch implements EpochRenewal {
    private static final String FIND = "SELECT val FROM lastack_meta WHERE name = 'epoch'";
    private static final String ADD = "INSERT INTO lastack_meta (name, val) VALUES ('epoch', :epoch)";
    private static final String REPLACE =
            "UPDATE lastack_meta SET val = :fresh WHERE name = 'epoch' AND val = :expected";
    private static final int MAX_LENGTH = 64;

    private final Database database;
    /** A transaction of the host's may still see one from before a renewal. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private Epoch(Database database) {
        this.database = database;
    }

    /** Draws one if there is none; two stores that open the same new database at once agree. */
    static Epoch open(Database database, JdbcStoreBuilder options) {
        Epoch epoch = new Epoch(database);
        if (database.read("read the epoch", Epoch::find).isEmpty()) {
            // The primary key lets one of two draw.
            database.write("store the epoch", handle -> find(handle).orElseGet(() -> draw(handle, options.random())));
        } else if (options.drawsEpoch()) {
            epoch.renew(epoch.value(), random(options.random()));
        }
        epoch.value();
        return epoch;
    }

    String value() {
        String value = database.read("read the epoch", Epoch::find)
                .orElseThrow(() -> new IllegalStateException(
                        "the epoch is no longer in lastack_meta: the tables were changed from outside"));
        seen.add(value);
        return value;
    }

    /** Whether this is, or was, the epoch of the data; null never is. */
    boolean isOfThisData(@Nullable String epoch) {
        return epoch != null && (seen.contains(epoch) || value().equals(epoch));
    }

    @Override
    public String renew(String expected, String fresh) {
        if (fresh.isBlank() || fresh.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an epoch of " + fresh.length() + " characters is not allowed; 1 to "
                    + MAX_LENGTH + ", not all blank, are");
        }
        database.write(
                "renew the epoch",
                handle -> handle.createUpdate(REPLACE)
                        .bind("fresh", fresh)
                        .bind("expected", expected)
                        .execute());
        return value();
    }

    private static Optional<String> find(Handle handle) {
        return handle.createQuery(FIND).mapTo(String.class).findOne();
    }

    private static String draw(Handle handle, RandomGenerator random) {
        String epoch = random(random);
        handle.createUpdate(ADD).bind("epoch", epoch).execute();
        return epoch;
    }

    private static String random(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
