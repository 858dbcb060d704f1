package io.lastack.client;

import io.lastack.log.Message;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application's listener, and survives what it throws. Of an exception only the class is logged: its text is
 * the application's own and may quote a message.
 */
final class Events {
    private static final Logger log = LoggerFactory.getLogger(Events.class);

    private final ClientListener listener;

    Events(ClientListener listener) {
        this.listener = listener;
    }

    void message(Message message, Confirmation confirmation) {
        try {
            listener.message(message, confirmation);
        } catch (RuntimeException e) {
            log.warn(
                    "the listener threw {} at {} seq {}; the message will come again",
                    e.getClass().getName(),
                    message.conversation(),
                    message.seq());
            confirmation.nack("the listener threw " + e.getClass().getSimpleName());
        }
    }

    void tell(String what, Consumer<ClientListener> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException e) {
            log.warn("the listener threw {} at {}", e.getClass().getName(), what);
        }
    }
}
