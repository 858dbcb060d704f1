package io.lastack.spi;

import io.lastack.log.Message;
import java.util.List;

/**
 * Hears of messages after they are stored (search index, analytics). Called in order per conversation; not called again
 * after a crash, so what must not miss a message reads the log. An exception is logged and otherwise ignored.
 */
@FunctionalInterface
public interface MessageListener {
    void appended(List<Message> messages);
}
