package io.lastack.transport.tyrus.limit;

import static io.lastack.session.FrameKind.DIRECT_MESSAGE;
import static io.lastack.session.FrameKind.GROUP_MESSAGE;
import static io.lastack.session.FrameKind.LOGIN;
import static io.lastack.session.FrameKind.NOTIFICATION;
import static io.lastack.session.FrameKind.REVISION;
import static io.lastack.session.FrameKind.ROOM_EVENT;
import static io.lastack.session.FrameKind.ROOM_JOIN;
import static io.lastack.session.FrameKind.SIGNAL;

import io.lastack.session.FrameKind;
import io.lastack.transport.tyrus.limit.RateRule.By;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Limits that hold side by side: a frame must be within all that count it.
 *
 * @param rules one or more, no two with the same name
 */
public record RateLimits(List<RateRule> rules) {
    private static final Set<FrameKind> EVENTS = Set.of(SIGNAL, ROOM_EVENT);

    public RateLimits {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("rules are empty; one or more are required");
        }
        if (rules.stream().map(RateRule::name).distinct().count() < rules.size()) {
            throw new IllegalArgumentException("two rules have the same name; names tell their buckets apart");
        }
    }

    /** For people who chat, with room for a client that catches up: what a program that floods runs into. */
    public static RateLimits standard() {
        Set<FrameKind> messages = Set.of(DIRECT_MESSAGE, GROUP_MESSAGE, NOTIFICATION, REVISION);
        return of(
                RateRule.aMinute(600, "messages", By.USER, messages),
                RateRule.aMinute(1_200, "events", By.USER, EVENTS),
                RateRule.aMinute(120, "joins", By.USER, Set.of(ROOM_JOIN)),
                RateRule.aMinute(1_200, "other requests", By.USER, allBut(messages, EVENTS, Set.of(ROOM_JOIN, LOGIN))),
                RateRule.aMinute(600, "logins from one address", By.ADDRESS, Set.of(LOGIN)),
                RateRule.aMinute(30_000, "frames from one address", By.ADDRESS, allBut(Set.of(LOGIN))));
    }

    /** 30 private messages, 60 events, 10 joins and 100 other requests of a user a minute, and bounds for each address. */
    public static RateLimits strict() {
        Set<FrameKind> messages = Set.of(DIRECT_MESSAGE);
        return of(
                RateRule.aMinute(30, "private messages", By.USER, messages),
                RateRule.aMinute(60, "events", By.USER, EVENTS),
                RateRule.aMinute(10, "joins", By.USER, Set.of(ROOM_JOIN)),
                RateRule.aMinute(100, "other requests", By.USER, allBut(messages, EVENTS, Set.of(ROOM_JOIN, LOGIN))),
                RateRule.aMinute(60, "logins from one address", By.ADDRESS, Set.of(LOGIN)),
                RateRule.aMinute(2_000, "frames from one address", By.ADDRESS, allBut(Set.of(LOGIN))));
    }

    public static RateLimits of(RateRule... rules) {
        return new RateLimits(List.of(rules));
    }

    @SafeVarargs
    private static Set<FrameKind> allBut(Set<FrameKind>... others) {
        Set<FrameKind> left = EnumSet.allOf(FrameKind.class);
        for (Set<FrameKind> other : others) {
            left.removeAll(other);
        }
        return left;
    }
}
