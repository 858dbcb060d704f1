package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.store.jdbc.LogTables.Head;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads pages of the log, a slice at a time, so that a page of few bytes never loads a range of many. */
final class PageReader {
    private static final int FIRST_SLICE = 64;
    private static final int MAX_SLICE = 1024;

    private final LogTables tables;
    private final NumberedNames users;

    PageReader(LogTables tables, NumberedNames users) {
        this.tables = tables;
        this.users = users;
    }

    /** @param numbers of those of the conversations that have one */
    List<LogPage> read(Handle handle, List<LogQuery> queries, Map<String, Long> numbers) throws SQLException {
        Connection connection = handle.getConnection();
        List<List<StoredMessage>> stored = new ArrayList<>(queries.size());
        for (LogQuery query : queries) {
            Long number = numbers.get(query.conversation().value());
            stored.add(number == null ? List.of() : rows(connection, number, query));
        }
        // After the rows, so that what was deleted before they were read is told.
        Map<Long, Head> heads = tables.heads(connection, Set.copyOf(numbers.values()));
        Map<Long, String> names = names(handle, stored);
        List<LogPage> pages = new ArrayList<>(queries.size());
        for (int i = 0; i < stored.size(); i++) {
            ConversationId conversation = queries.get(i).conversation();
            Head head = heads.get(numbers.getOrDefault(conversation.value(), 0L));
            pages.add(page(conversation, stored.get(i), names, head == null ? 0 : head.trimmedThrough()));
        }
        return pages;
    }

    private Map<Long, String> names(Handle handle, List<List<StoredMessage>> stored) {
        Set<Long> senders =
                stored.stream().flatMap(List::stream).map(StoredMessage::sender).collect(Collectors.toSet());
        return users.names(handle, senders);
    }

    private static LogPage page(
            ConversationId conversation, List<StoredMessage> stored, Map<Long, String> names, long trimmedThrough) {
        List<Message> messages = new ArrayList<>(stored.size());
        for (StoredMessage message : stored) {
            if (message.seq() <= trimmedThrough) {
                continue; // Deleted after it was read.
            }
            String sender = names.get(message.sender());
            if (sender == null) {
                throw new IllegalStateException(conversation + " has a message of user number " + message.sender()
                        + ", which no user has: the tables were changed from outside");
            }
            messages.add(new Message(
                    conversation,
                    message.seq(),
                    message.sentAt(),
                    UserId.of(sender),
                    message.clientMessageId(),
                    message.content()));
        }
        return new LogPage(conversation, messages, trimmedThrough);
    }

    private List<StoredMessage> rows(Connection connection, long number, LogQuery query) throws SQLException {
        List<StoredMessage> taken = new ArrayList<>();
        long last = query.range().last();
        long next = query.range().first();
        long bytes = 0;
        int limit = FIRST_SLICE;
        while (next <= last) {
            List<StoredMessage> slice = tables.read(connection, number, next, last, limit);
            for (StoredMessage message : slice) {
                if (!taken.isEmpty() && message.seq() != next) {
                    return taken; // Deleted under our feet: what follows would leave a gap in the page.
                }
                taken.add(message);
                bytes += message.content().payload().size();
                if (bytes >= query.maxBytes() || message.seq() == last) {
                    return taken;
                }
                next = message.seq() + 1;
            }
            if (slice.size() < limit) {
                return taken;
            }
            limit = nextSlice(query.maxBytes() - bytes, bytes / taken.size());
        }
        return taken;
    }

    private static int nextSlice(long bytesLeft, long bytesPerMessage) {
        return (int) Math.min(MAX_SLICE, bytesLeft / Math.max(1, bytesPerMessage) + 1);
    }
}
