package io.lastack.proto;

import io.lastack.session.CloseReason;

/**
 * A packet that cannot be read; nothing of it was handed on. The message says what is wrong without quoting the packet.
 */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What a WebSocket close frame has room for. */
    private static final int MAX_CLOSE_BYTES = 123;

    private final int code;

    MalformedPacketException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /**
     * What to close the connection with: {@link CloseReason#PROTOCOL_ERROR} for what is no packet,
     * {@link CloseReason#BAD_UTF8} for text that is not UTF-8, {@link CloseReason#TOO_LARGE} for too many frames.
     */
    public CloseReason closeReason() {
        String text = String.valueOf(getMessage()).replaceAll("[^ -~]", "?");
        return new CloseReason(code, text.substring(0, Math.min(text.length(), MAX_CLOSE_BYTES)));
    }
}
