package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import io.lastack.store.jdbc.LogTables.Stretch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads pages of the log, all of a call in one statement, unless they go on beyond what one statement looks at. */
final class PageReader {
    /** How many pages one statement reads, so that its text stays of a size that every server takes. */
    private static final int MAX_RANGES = 512;

    private final LogTables tables;
    private final NumberedNames users;

    PageReader(LogTables tables, NumberedNames users) {
        this.tables = tables;
        this.users = users;
    }

    /** @param numbers of those of the conversations that have one */
    List<LogPage> read(Handle handle, List<LogQuery> queries, Map<String, Long> numbers) throws SQLException {
        List<OpenPage> pages = queries.stream()
                .map(query ->
                        new OpenPage(query, numbers.get(query.conversation().value())))
                .toList();
        List<OpenPage> open = open(pages);
        while (!open.isEmpty()) {
            for (int from = 0; from < open.size(); from += MAX_RANGES) {
                readOn(handle.getConnection(), open.subList(from, Math.min(open.size(), from + MAX_RANGES)));
            }
            open = open(open);
        }
        Map<Long, String> names = names(handle, pages);
        return pages.stream().map(page -> page(page, names)).toList();
    }

    private void readOn(Connection connection, List<OpenPage> pages) throws SQLException {
        List<Stretch> read =
                tables.read(connection, pages.stream().map(OpenPage::rest).toList());
        for (int i = 0; i < read.size(); i++) {
            pages.get(i).add(read.get(i));
        }
    }

    private static List<OpenPage> open(List<OpenPage> pages) {
        return pages.stream().filter(OpenPage::isOpen).toList();
    }

    private Map<Long, String> names(Handle handle, List<OpenPage> pages) {
        Set<Long> senders = pages.stream()
                .flatMap(page -> page.messages().stream())
                .map(StoredMessage::sender)
                .collect(Collectors.toSet());
        return users.names(handle, senders);
    }

    private static LogPage page(OpenPage page, Map<Long, String> names) {
        ConversationId conversation = page.conversation();
        List<Message> messages = new ArrayList<>(page.messages().size());
        for (StoredMessage message : page.messages()) {
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
        return new LogPage(conversation, messages, page.trimmedThrough());
    }
}
