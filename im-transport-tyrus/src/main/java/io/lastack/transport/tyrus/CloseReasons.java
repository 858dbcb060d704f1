package io.lastack.transport.tyrus;

import io.lastack.session.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Translates close reasons between the engine and the WebSocket standard. */
final class CloseReasons {

    /** What a close frame has room for; the standard's class throws at more. */
    private static final int MAX_BYTES = 123;

    private CloseReasons() {}

    static jakarta.websocket.CloseReason ofEngine(CloseReason reason) {
        return new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(reason.code()), cut(reason.text()));
    }

    /** As many whole characters as fit. */
    private static String cut(String text) {
        CharBuffer rest = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(rest, ByteBuffer.allocate(MAX_BYTES), true);
        return text.substring(0, rest.position());
    }

    static CloseReason ofStandard(jakarta.websocket.CloseReason reason) {
        String text = reason.getReasonPhrase();
        return new CloseReason(reason.getCloseCode().getCode(), text == null ? "" : text);
    }
}
