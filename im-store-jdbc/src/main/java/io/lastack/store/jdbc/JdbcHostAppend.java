package io.lastack.store.jdbc;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.Draft;
import io.lastack.spi.HostAppend;
import io.lastack.store.jdbc.LogTables.MessageKey;
import io.lastack.store.jdbc.LogTables.Place;
import io.lastack.store.jdbc.Unsynced.HostsOwn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was appended in a transaction of the host's. */
final class JdbcHostAppend implements HostAppend {
    private final Database database;
    private final LogTables tables;
    private final Function<List<Draft>, ResolvedDrafts> numbers;
    private final List<Draft> drafts;
    private final List<AppendOutcome> outcomes;
    private final Map<Draft, Place> appended = new LinkedHashMap<>();
    private final @Nullable HostsOwn unsynced;

    /**
     * @param numbers gives numbers to names: those of the append may mean nothing any more when it is confirmed
     * @param unsynced null where a commit is durable by itself
     */
    JdbcHostAppend(
            Database database,
            LogTables tables,
            Function<List<Draft>, ResolvedDrafts> numbers,
            List<Draft> drafts,
            List<AppendOutcome> outcomes,
            @Nullable HostsOwn unsynced) {
        this.database = database;
        this.tables = tables;
        this.numbers = numbers;
        this.drafts = drafts;
        this.outcomes = List.copyOf(outcomes);
        this.unsynced = unsynced;
        for (int i = 0; i < drafts.size(); i++) {
            if (outcomes.get(i) instanceof Appended at) {
                appended.put(drafts.get(i), new Place(at.seq(), at.sentAt()));
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
        database.requireNoTurn("confirm what the host committed");
        database.inside(() -> {
            if (!appended.isEmpty()) {
                requireCommitted();
            }
            if (unsynced != null) {
                database.sync("make the host's commit durable");
                database.unsynced().endHosts(List.of(unsynced));
            }
            return true;
        });
    }

    /** Nobody is told of a message that might yet be rolled back: another one could take its seq. */
    private void requireCommitted() {
        ResolvedDrafts resolved = numbers.apply(List.copyOf(appended.keySet()));
        Map<MessageKey, Place> wanted = new HashMap<>();
        appended.forEach((draft, place) -> wanted.put(resolved.key(draft), place));
        Map<MessageKey, Place> found = database.read(
                "look for what the host committed", handle -> tables.probe(handle.getConnection(), wanted.keySet()));
        if (!found.equals(wanted)) {
            throw new IllegalStateException("of " + appended.size() + " messages appended in the host's transaction, "
                    + found.size() + " are in the log as they were: the transaction is not committed yet, was rolled"
                    + " back, or was lost when the database closed itself");
        }
    }
}
