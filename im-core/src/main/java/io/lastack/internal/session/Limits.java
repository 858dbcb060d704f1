package io.lastack.internal.session;

import io.lastack.session.Status;
import io.lastack.spi.RateLimiter;
import java.util.Locale;

/** How a client is told that it is over a limit. */
public final class Limits {
    private static final int TOO_MANY = 429;

    private Limits() {}

    /** @param verdict one that does not allow */
    public static Status status(RateLimiter.Verdict verdict) {
        return new Status(
                TOO_MANY,
                String.format(
                        Locale.ROOT,
                        "over the limit of %s; again in %d ms",
                        verdict.limit(),
                        verdict.retryAfterMillis()),
                verdict.retryAfterMillis());
    }
}
