package io.lastack.transport.tyrus;

import jakarta.websocket.MessageHandler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a container delivers in parts: so the limit is the same in every container, none sets memory aside
 * for the largest message of each connection, and no buffer of the container is kept. Called by one thread at a time.
 */
final class PartialMessages {

    private final Inbox inbox;
    private final int limit;
    private @Nullable ByteArrayOutputStream bytes;
    private @Nullable StringBuilder text;
    private boolean refused;

    PartialMessages(Inbox inbox, int limit) {
        this.inbox = inbox;
        this.limit = limit;
    }

    MessageHandler.Partial<ByteBuffer> binary() {
        return this::binary;
    }

    MessageHandler.Partial<String> text() {
        return this::text;
    }

    private void binary(ByteBuffer part, boolean last) {
        ByteArrayOutputStream all = bytes == null ? new ByteArrayOutputStream(part.remaining()) : bytes;
        bytes = last ? null : all;
        if (accepts((long) all.size() + part.remaining())) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            all.writeBytes(copy);
            if (last) {
                inbox.message(false, ByteBuffer.wrap(all.toByteArray()));
            }
        }
    }

    /** A part may end within a character, so the parts are joined before they are encoded. */
    private void text(String part, boolean last) {
        StringBuilder all = text == null ? new StringBuilder() : text;
        text = last ? null : all;
        if (accepts((long) all.length() + part.length())) {
            String whole = last && all.isEmpty() ? part : all.append(part).toString();
            byte[] encoded = last ? whole.getBytes(StandardCharsets.UTF_8) : new byte[0];
            if (last && accepts(encoded.length)) {
                inbox.message(true, ByteBuffer.wrap(encoded));
            }
        }
    }

    private boolean accepts(long size) {
        inbox.activity();
        if (size > limit && !refused) {
            refused = true;
            bytes = null;
            text = null;
            inbox.tooLarge(limit);
        }
        return !refused;
    }
}
