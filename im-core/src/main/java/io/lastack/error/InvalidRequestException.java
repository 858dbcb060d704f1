package io.lastack.error;

/**
 * The caller's fault: the message says what was wrong, which value, and what is allowed. Nothing was stored or changed,
 * and the same request will fail again until the caller (or what it is allowed to do) changes.
 */
public final class InvalidRequestException extends ImException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long retryAfterMillis;

    /** A request that is malformed: {@link Reason#INVALID}. */
    public InvalidRequestException(String message) {
        this(Reason.INVALID, message);
    }

    public InvalidRequestException(Reason reason, String message) {
        this(reason, message, 0);
    }

    /** @param retryAfterMillis when trying again makes sense, in milliseconds from now; 0 for "not said" */
    public InvalidRequestException(Reason reason, String message, long retryAfterMillis) {
        super(message, null);
        this.reason = reason;
        this.retryAfterMillis = retryAfterMillis;
    }

    public Reason reason() {
        return reason;
    }

    /** When trying again makes sense, in milliseconds from now; 0 for "not said". */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }

    /** Why a request was refused, with the status code that the wire uses (the numbers of HTTP). */
    public enum Reason {
        INVALID(400),
        UNAUTHENTICATED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        CONFLICT(409),
        TOO_LARGE(413),
        UNPROCESSABLE(422),
        RATE_LIMITED(429);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }
}
