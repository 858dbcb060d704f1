package io.lastack.session;

/**
 * How a request ended.
 *
 * @param code as in HTTP: 200, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503
 * @param message for a person; empty for 200
 * @param retryAfterMillis when to try again, in milliseconds from now; 0 for "not said"
 */
public record Status(int code, String message, long retryAfterMillis) {
    public static final Status OK = new Status(200, "", 0);

    public static Status of(int code, String message) {
        return new Status(code, message, 0);
    }

    public boolean isOk() {
        return code == 200;
    }
}
