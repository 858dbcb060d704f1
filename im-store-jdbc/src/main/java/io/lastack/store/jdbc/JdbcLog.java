package io.lastack.store.jdbc;

import io.lastack.error.StoreException;
import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.spi.Audience;
import io.lastack.spi.HostAppend;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The log. */
final class JdbcLog implements MessageLog {
    private final Database database;
    private final LogTables tables;
    private final NumberedNames conversations;
    private final NumberedNames users;
    private final PageReader pages;
    private final RepeatWatch repeats;
    private final Unsynced unsynced;
    private final HostDurability hosts;
    private final HostTransactions hostTransactions;
    private final Epoch epoch;

    JdbcLog(Database database, NumberedNames conversations, NumberedNames users, Epoch epoch) {
        this.database = database;
        this.tables = database.dialect().log();
        this.conversations = conversations;
        this.users = users;
        this.pages = new PageReader(tables, users);
        this.repeats = new RepeatWatch(tables.probesCheaply());
        this.epoch = epoch;
        this.unsynced = database.unsynced();
        this.hosts = new HostDurability(database);
        this.hostTransactions = new HostTransactions(database, tables, this::resolved, epoch);
    }

    @Override
    public String epoch() {
        return epoch.value();
    }

    @Override
    public int parallelAppends() {
        return database.dialect().parallelAppends();
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        List<Draft> checked = checked(drafts);
        database.requireNoTurn("append");
        return database.inside(() -> appendDurably(checked, sentAt));
    }

    private List<AppendOutcome> appendDurably(List<Draft> drafts, long sentAt) {
        ResolvedDrafts resolved = resolved(drafts);
        if (!database.syncsAfterCommit()) {
            return append(resolved, sentAt);
        }
        Collection<Long> touched = resolved.conversations().keySet();
        unsynced.begin(touched);
        try {
            List<AppendOutcome> outcomes = append(resolved, sentAt);
            unsynced.end(touched);
            return outcomes;
        } catch (StoreException e) {
            if (e.effect() == StoreException.Effect.NOT_APPLIED) {
                unsynced.end(touched);
            }
            throw e;
        } catch (OpenedAnewException e) {
            unsynced.end(touched);
            throw e;
        }
    }

    /** Appends in a transaction that the host began on this connection and will end. */
    HostAppend appendIn(Connection connection, List<Draft> drafts, long sentAt) {
        return hostTransactions.append(connection, checked(drafts), sentAt);
    }

    private static List<Draft> checked(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("an append of 0 drafts is not allowed; 1 or more is");
        }
        List<Draft> checked = List.copyOf(drafts);
        checked.forEach(Draft::requireClientMessageId);
        return checked;
    }

    private ResolvedDrafts resolved(List<Draft> drafts) {
        return ResolvedDrafts.of(drafts, conversations, users);
    }

    private List<AppendOutcome> append(ResolvedDrafts resolved, long sentAt) {
        // Whatever made the first attempt fail, the next one looks.
        AtomicBoolean look = new AtomicBoolean(repeats.lookFirst());
        List<AppendOutcome> outcomes = database.write(
                "append",
                handle -> new AppendTransaction(handle.getConnection(), tables, resolved, sentAt)
                        .run(look.getAndSet(true)));
        if (outcomes.stream().anyMatch(AppendOutcome.AlreadyAppended.class::isInstance)) {
            repeats.sawRepeat();
        }
        return outcomes;
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        database.requireNoTurn("read messages");
        return database.inside(() -> readPages(queries));
    }

    private List<LogPage> readPages(List<LogQuery> queries) {
        Map<String, Long> numbers = conversations.find(
                queries.stream().map(query -> query.conversation().value()).collect(Collectors.toSet()));
        return durably("read messages", numbers.values(), handle -> pages.read(handle, queries, numbers));
    }

    /** Reads what is in logs, and hands it out once it is durable. */
    private <T> T durably(String what, Collection<Long> logs, Database.Work<T> work) {
        T read = database.read(what, work);
        if (unsynced.mayHold(logs)) {
            database.sync(what);
        }
        hosts.settle(logs);
        database.requireSameOpening();
        return read;
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        Arguments.atLeastOne("limit", limit);
        database.requireNoTurn("read reactions");
        return database.inside(() -> readReactions(conversation, targets, limit));
    }

    private List<Reaction> readReactions(ConversationId conversation, SeqRange targets, int limit) {
        Long number = conversations.find(Set.of(conversation.value())).get(conversation.value());
        return number == null
                ? List.of()
                : durably(
                        "read reactions",
                        Set.of(number),
                        handle -> new ReactionReader(handle, users).read(number, targets, limit));
    }

    /** A message's sender, and everybody entitled to the message. */
    Audience audience(ConversationId conversation, long seq) {
        database.requireNoTurn("read who has read");
        return database.inside(() -> {
            Long number = conversations.find(Set.of(conversation.value())).get(conversation.value());
            return number == null
                    ? new Audience(null, 0, List.of())
                    : durably("read who has read", Set.of(number), handle -> AudienceReader.read(handle, number, seq));
        });
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> wanted) {
        return database.inside(() -> headsNow(wanted));
    }

    private Map<ConversationId, Long> headsNow(Collection<ConversationId> wanted) {
        Map<String, Long> numbers =
                conversations.find(wanted.stream().map(ConversationId::value).collect(Collectors.toSet()));
        Map<Long, Long> heads =
                database.read("read heads", handle -> tables.heads(handle.getConnection(), numbers.values()));
        Map<ConversationId, Long> found = new HashMap<>();
        for (ConversationId conversation : wanted) {
            Long number = numbers.get(conversation.value());
            Long head = number == null ? null : heads.get(number);
            if (head != null) {
                found.put(conversation, head);
            }
        }
        return found;
    }
}
