package io.lastack.internal.request;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.ArrayDeque;
import java.util.List;

/** Pages of history that stay below a size, whichever end they are read from. Blocks. */
public final class History {
    private final MessageLog log;
    private final int maxBytes;

    /** @param maxBytes stop a page before its payloads pass this; one message always fits */
    public History(MessageLog log, int maxBytes) {
        this.log = log;
        this.maxBytes = Math.max(1, maxBytes);
    }

    /**
     * Some messages in ascending order.
     *
     * @param begins the lowest seq that is still there in the whole log
     */
    public record Slice(List<Message> messages, long begins) {
        private static Slice of(LogPage page) {
            return new Slice(page.messages(), page.trimmedThrough() + 1);
        }
    }

    /** From {@code first}, or where the log begins, up to {@code last}: {@code limit} at the most, and as many as fit. */
    public Slice oldest(ConversationId conversation, long first, long last, int limit) {
        long from = first;
        while (from <= last) {
            Slice slice = Slice.of(page(conversation, from, Math.min(last, from + limit - 1)));
            if (!slice.messages().isEmpty() || slice.begins() <= from) {
                return slice;
            }
            from = slice.begins();
        }
        return new Slice(List.of(), from);
    }

    /** Up to {@code last}, as many as fit, from {@code first} on at the earliest. */
    public Slice newest(ConversationId conversation, long first, long last) {
        ArrayDeque<Message> kept = new ArrayDeque<>();
        long bytes = 0;
        long begins = 1;
        for (long from = Math.max(1, first); from <= last; ) {
            Slice slice = Slice.of(page(conversation, from, last));
            begins = slice.begins();
            if (slice.messages().isEmpty()) {
                break;
            }
            for (Message message : slice.messages()) {
                kept.add(message);
                bytes += message.content().payload().size();
                while (bytes > maxBytes && kept.size() > 1) {
                    bytes -= kept.remove().content().payload().size();
                }
                from = message.seq() + 1;
            }
        }
        return new Slice(List.copyOf(kept), begins);
    }

    private LogPage page(ConversationId conversation, long first, long last) {
        return log.read(List.of(new LogQuery(conversation, new SeqRange(first, last), maxBytes)))
                .get(0);
    }
}
