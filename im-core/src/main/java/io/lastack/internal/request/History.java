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
final class History {
    private final MessageLog log;
    private final int maxBytes;

    History(MessageLog log, int maxBytes) {
        this.log = log;
        this.maxBytes = Math.max(1, maxBytes);
    }

    /** From {@code first} on, as many as fit, up to {@code last}. */
    List<Message> oldest(ConversationId conversation, long first, long last) {
        return first > last ? List.of() : page(conversation, first, last).messages();
    }

    /** Up to {@code last}, as many as fit, from {@code first} on at the earliest; in ascending order. */
    List<Message> newest(ConversationId conversation, long first, long last) {
        ArrayDeque<Message> kept = new ArrayDeque<>();
        long bytes = 0;
        for (long from = Math.max(1, first); from <= last; ) {
            LogPage page = page(conversation, from, last);
            if (page.messages().isEmpty()) {
                break;
            }
            for (Message message : page.messages()) {
                kept.add(message);
                bytes += message.content().payload().size();
                while (bytes > maxBytes && kept.size() > 1) {
                    bytes -= kept.remove().content().payload().size();
                }
                from = message.seq() + 1;
            }
        }
        return List.copyOf(kept);
    }

    private LogPage page(ConversationId conversation, long first, long last) {
        return log.read(List.of(new LogQuery(conversation, new SeqRange(first, last), maxBytes)))
                .get(0);
    }
}
