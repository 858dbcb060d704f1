package io.lastack.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to keep of one log. A message goes when it is older than {@code maxAge} or not among the newest {@code newest}, but
 * only from the beginning of the log (a message above one that stays, stays), and never while it is younger than
 * {@code repeats}.
 *
 * @param maxAge how long a message is kept, from the time it was appended; 365,000 days at the most; null for ever
 * @param newest how many messages are kept, entries about members included; {@link Long#MAX_VALUE} for all
 * @param repeats how long every message is kept, whatever else is said: within this time a sender that repeats it, not
 *     knowing that it was stored, is recognised. At most {@code maxAge}
 */
public record RetentionRule(@Nullable Duration maxAge, long newest, Duration repeats) {
    private static final Duration DEFAULT_REPEATS = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(365_000);

    /** Keeps everything. */
    public static final RetentionRule EVERYTHING = new RetentionRule(null, Long.MAX_VALUE, Duration.ZERO);

    public RetentionRule {
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero() || maxAge.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "maxAge " + maxAge + " is not allowed; more than zero, and " + LONGEST + " at the most, is");
        }
        if (newest < 1) {
            throw new IllegalArgumentException("newest " + newest + " is not allowed; 1 or more is");
        }
        Duration most = maxAge == null ? LONGEST : maxAge;
        if (repeats.isNegative() || repeats.compareTo(most) > 0) {
            throw new IllegalArgumentException("repeats " + repeats + " is not allowed; 0 to " + most + " is");
        }
    }

    /** Keeps a message this long; repeats are recognised for a day, or for this long if it is less. */
    public static RetentionRule maxAge(Duration age) {
        Duration repeats = age.compareTo(DEFAULT_REPEATS) < 0 ? age : DEFAULT_REPEATS;
        return new RetentionRule(age, Long.MAX_VALUE, repeats);
    }

    /** Keeps so many of the newest messages, and all of the last day. */
    public static RetentionRule newest(long messages) {
        return new RetentionRule(null, messages, DEFAULT_REPEATS);
    }

    /** The same, and at most so many of the newest messages. */
    public RetentionRule andNewest(long messages) {
        return new RetentionRule(maxAge, messages, repeats);
    }

    /** The same with another time within which repeats are recognised. */
    public RetentionRule withRepeats(Duration time) {
        return new RetentionRule(maxAge, newest, time);
    }

    public boolean keepsEverything() {
        return maxAge == null && newest == Long.MAX_VALUE;
    }
}
