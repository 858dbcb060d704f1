package io.lastack.testkit.sim;

import io.lastack.client.TokenSource.Token;
import io.lastack.log.UserId;
import io.lastack.spi.Authenticator;
import io.lastack.spi.Authenticator.AuthOutcome;
import io.lastack.spi.UserContext;
import java.util.Set;

/** Gives out tokens, and takes them: for a while they may be short-lived, or refused. A token is {@code user|number|end}. */
final class Gate {
    private final VirtualTime time;
    private long issued;
    private long shortUntil;
    private long shortMillis;
    private long refusedUntil;

    Gate(VirtualTime time) {
        this.time = time;
    }

    void giveShortOnes(long lifeMillis, long nanos) {
        shortMillis = lifeMillis;
        shortUntil = time.nanos() + nanos;
    }

    void refuseAll(long nanos) {
        refusedUntil = time.nanos() + nanos;
    }

    void calm() {
        shortUntil = 0;
        refusedUntil = 0;
    }

    /** @param now by the clock of the node that will see it */
    Token issue(UserId user, long now) {
        long end = time.nanos() < shortUntil ? now + shortMillis : Long.MAX_VALUE;
        return new Token(user + "|" + ++issued + "|" + end, end);
    }

    Authenticator authenticator(Process node) {
        return credentials -> {
            String[] parts = credentials.token().split("\\|", 3);
            if (time.nanos() < refusedUntil) {
                return new AuthOutcome.Rejected("no token is good at " + node.name() + " at the moment");
            }
            return new AuthOutcome.Accepted(
                    new UserContext(UserId.of(parts[0]), null, Long.parseLong(parts[2]), Set.of(), Set.of()));
        };
    }
}
