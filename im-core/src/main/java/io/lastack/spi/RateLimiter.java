package io.lastack.spi;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.FrameKind;
import org.jspecify.annotations.Nullable;

/**
 * Says of each frame whether its sender may have it handled now. Asked on the transport's threads, before anything else is
 * done for the frame: must not block. Not asked for acks and pings, which only spare the server work. Safe for several
 * threads.
 *
 * <p>What is refused is answered with 429 and has no effect; a client that goes on regardless is closed with 4429
 * ({@link EngineOptions#rateRefusals}).
 */
@FunctionalInterface
public interface RateLimiter {
    /** Allows everything. */
    RateLimiter NONE = attempt -> Verdict.ALLOWED;

    /** Counts the frame, and says whether it is within the limits. */
    Verdict check(Attempt attempt);

    /**
     * A frame, as limits see it.
     *
     * @param user null before the login
     * @param device null before the login
     * @param address the peer's, as the transport tells; with the port, where the transport tells that
     */
    record Attempt(@Nullable UserId user, @Nullable DeviceId device, String address, FrameKind kind) {}

    /**
     * The answer.
     *
     * @param limit the limit that was exceeded, in words that go into a sentence, such as {@code 30 private messages a
     *     minute}; null if none was
     * @param retryAfterMillis when the same frame will be allowed, in milliseconds from now, if nothing else is sent; 0 if it
     *     is allowed
     */
    record Verdict(@Nullable String limit, long retryAfterMillis) {
        public static final Verdict ALLOWED = new Verdict(null, 0);

        public Verdict {
            if (retryAfterMillis < 0) {
                throw new IllegalArgumentException(
                        "retryAfterMillis " + retryAfterMillis + " is not allowed; 0 or more is");
            }
        }

        public static Verdict exceeded(String limit, long retryAfterMillis) {
            return new Verdict(limit, retryAfterMillis);
        }

        public boolean isAllowed() {
            return limit == null;
        }
    }
}
