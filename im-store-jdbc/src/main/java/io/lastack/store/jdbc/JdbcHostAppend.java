package io.lastack.store.jdbc;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Draft;
import io.lastack.spi.HostAppend;
import io.lastack.store.jdbc.LogTables.MessageKey;
import io.lastack.store.jdbc.LogTables.Place;
import io.lastack.store.jdbc.Unsynced.HostsOwn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was appended in a transaction of the host's. */
final class JdbcHostAppend implements HostAppend {
    private final Database database;
    private final LogTables tables;
    private final List<Draft> drafts;
    private final List<AppendOutcome> outcomes;
    private final Map<MessageKey, Place> appended = new HashMap<>();
    private final @Nullable HostsOwn unsynced;

    /** @param unsynced null where a commit is durable by itself */
    JdbcHostAppend(
            Database database,
            LogTables tables,
            ResolvedDrafts resolved,
            List<AppendOutcome> outcomes,
            @Nullable HostsOwn unsynced) {
        this.database = database;
        this.tables = tables;
        this.drafts = resolved.drafts();
        this.outcomes = List.copyOf(outcomes);
        this.unsynced = unsynced;
        for (int i = 0; i < drafts.size(); i++) {
            if (outcomes.get(i) instanceof Appended at) {
                appended.put(resolved.key(drafts.get(i)), new Place(at.seq(), at.sentAt()));
            }
        }
    }

    @Override
    public List<Draft> drafts() {
        return drafts;
    }

    @Override
    public List<AppendOutcome> outcomes() {
        return outcomes;
    }

    @Override
    public void confirm() {
        if (!appended.isEmpty()) {
            requireCommitted();
        }
        if (unsynced != null) {
            database.sync("make the host's commit durable");
            database.unsynced().endHosts(List.of(unsynced));
        }
    }

    /** Nobody is told of a message that might yet be rolled back: another one could take its seq. */
    private void requireCommitted() {
        Map<MessageKey, Place> found = database.read(
                "look for what the host committed", handle -> tables.probe(handle.getConnection(), appended.keySet()));
        if (!found.equals(appended)) {
            throw new IllegalStateException("of " + appended.size() + " messages appended in the host's transaction, "
                    + found.size() + " are in the log as they were: the transaction is not committed yet, or was"
                    + " rolled back");
        }
    }
}
