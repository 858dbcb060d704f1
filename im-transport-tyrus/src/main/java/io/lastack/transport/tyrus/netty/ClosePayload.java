package io.lastack.transport.tyrus.netty;

import io.netty.buffer.ByteBuf;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import org.jspecify.annotations.Nullable;

/** What a peer may put into a close frame (RFC 6455, sections 5.5.1 and 7.4): nothing, or a code and a text in UTF-8. */
final class ClosePayload {

    private static final int LAST_DEFINED = 1011;

    private ClosePayload() {}

    /** The code to answer a bad one with, or null. */
    static @Nullable CloseCode violation(ByteBuf in, int index, int length) {
        if (length == 0) {
            return null;
        }
        if (length == 1 || !isSendable(in.getUnsignedShort(index))) {
            return CloseCodes.PROTOCOL_ERROR;
        }
        Utf8Check text = new Utf8Check();
        return text.accepts(in, index + 2, length - 2) && text.isComplete() ? null : CloseCodes.NOT_CONSISTENT;
    }

    /** 1004 to 1006 stand for what is never sent. Codes up to 2999 are for the standard to define, beyond them anybody's. */
    private static boolean isSendable(int code) {
        return (code >= 1000 && code <= LAST_DEFINED && (code < 1004 || code > 1006)) || (code >= 3000 && code <= 4999);
    }
}
