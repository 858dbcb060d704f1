package io.lastack.session;

/**
 * Why a connection ends.
 *
 * @param code a WebSocket close code, as the protocol lists them
 * @param text for a person; at most 123 bytes of UTF-8
 */
public record CloseReason(int code, String text) {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int WRONG_KIND = 1003;
    public static final int BAD_UTF8 = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_LARGE = 1009;
    public static final int SERVER_ERROR = 1011;
    public static final int UNAUTHENTICATED = 4401;
    public static final int SILENT = 4408;
    public static final int REPLACED = 4409;
    public static final int TOO_SLOW = 4413;
    public static final int RATE_LIMITED = 4429;
}
