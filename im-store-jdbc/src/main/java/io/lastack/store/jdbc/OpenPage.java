package io.lastack.store.jdbc;

import io.lastack.log.ConversationId;
import io.lastack.spi.LogQuery;
import io.lastack.store.jdbc.LogTables.Range;
import io.lastack.store.jdbc.LogTables.StoredMessage;
import io.lastack.store.jdbc.LogTables.Stretch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page that is being read. Not thread-safe. */
final class OpenPage {
    /** How many seqs one statement looks at, and so the longest page that takes no second one. */
    static final int MAX_STRETCH = 1024;

    private final LogQuery query;
    private final long number;
    private final List<StoredMessage> messages = new ArrayList<>();
    private long trimmedThrough;
    private long bytes;
    private long next;
    private boolean open;

    /** @param number the conversation's, or null if there is no such conversation */
    OpenPage(LogQuery query, @Nullable Long number) {
        this.query = query;
        this.number = number == null ? 0 : number;
        this.next = query.range().first();
        this.open = number != null;
    }

    ConversationId conversation() {
        return query.conversation();
    }

    /** Whether there may be more that belongs to the page. */
    boolean isOpen() {
        return open;
    }

    /** What to read next. */
    Range rest() {
        return new Range(number, next, lastOfRest(), query.maxBytes() - bytes);
    }

    private long lastOfRest() {
        long last = query.range().last();
        return last - next < MAX_STRETCH ? last : next + MAX_STRETCH - 1;
    }

    /** Takes what was read of {@link #rest}. */
    void add(Stretch stretch) {
        long end = lastOfRest();
        trimmedThrough = stretch.trimmedThrough();
        if (messages.isEmpty()) {
            next = Math.max(next, trimmedThrough + 1);
        }
        for (StoredMessage message : stretch.messages()) {
            if (message.seq() != next || bytes >= query.maxBytes()) {
                open = false; // Full, or what follows was deleted under our feet and would leave a gap in the page.
                return;
            }
            messages.add(message);
            bytes += message.content().payload().size();
            next = message.seq() + 1;
        }
        // Below the end of what was looked at there is nothing more: the log ends there.
        open = next > end
                && end < query.range().last()
                && bytes < query.maxBytes()
                && next <= query.range().last();
    }

    /** In ascending order, none of them deleted by the time of the last reading. */
    List<StoredMessage> messages() {
        return messages.isEmpty() || messages.get(0).seq() > trimmedThrough
                ? messages
                : messages.stream()
                        .filter(message -> message.seq() > trimmedThrough)
                        .toList();
    }

    long trimmedThrough() {
        return trimmedThrough;
    }
}
