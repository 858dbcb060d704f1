package io.lastack.transport.tyrus.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.lastack.session.FrameKind;
import io.lastack.spi.RateLimiter.Attempt;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One limit: so many frames of some kinds within a period, counted by user, device or address. A token bucket: {@code count}
 * at once, refilled evenly over the period.
 *
 * @param name what is counted, in the plural, as it goes into {@code 30 private messages a minute}
 * @param kinds what counts towards it; one or more
 * @param by whose frames are counted together; by user or device nothing is counted before the login
 * @param count 1 or more
 * @param period more than zero
 */
public record RateRule(String name, Set<FrameKind> kinds, By by, int count, Duration period) {
    public RateRule {
        kinds = Set.copyOf(kinds);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is blank; one or more words are required");
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("kinds are empty; one or more are required");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count " + count + " is not allowed; 1 or more is");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period " + period + " is not allowed; more than zero is");
        }
    }

    /** Whose frames are counted together. */
    public enum By {
        USER,
        DEVICE,
        ADDRESS
    }

    /** A limit for each minute. */
    public static RateRule aMinute(int count, String name, By by, Set<FrameKind> kinds) {
        return new RateRule(name, kinds, by, count, Duration.ofMinutes(1));
    }

    /** Whose bucket an attempt is taken from; null if this rule does not count it. */
    @Nullable
    String subject(Attempt attempt) {
        if (!kinds.contains(attempt.kind())) {
            return null;
        }
        if (by == By.ADDRESS) {
            return attempt.address();
        }
        if (attempt.user() == null) {
            return null;
        }
        return by == By.USER ? attempt.user().value() : attempt.user() + "/" + attempt.device();
    }

    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(count)
                        .refillGreedy(count, period)
                        .build())
                .build();
    }

    /** The limit in words. */
    String text() {
        String time = period.equals(Duration.ofMinutes(1))
                ? "a minute"
                : period.equals(Duration.ofSeconds(1)) ? "a second" : "in " + period.toMillis() + " ms";
        return count + " " + name + " " + time;
    }
}
