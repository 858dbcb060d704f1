package io.lastack.client;

import io.lastack.client.TokenSource.Token;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands the server a fresh token, over the live link, before the one in use ends. */
final class TokenRefresh implements Part {
    private static final int UNAUTHENTICATED = 401;
    private static final long SHORTEST_WAIT_MILLIS = 1_000;

    private final Turns turns;
    private final Wire wire;
    private final Replies replies;
    private final Tokens tokens;
    private final Duration lead;
    private final Consumer<CloseReason> loseLink;
    private Turns.@Nullable Timer timer;
    private boolean underWay;

    /** Changes with every link, so that what comes too late is known. */
    private int link;

    TokenRefresh(
            Turns turns, Wire wire, Replies replies, Tokens tokens, Duration lead, Consumer<CloseReason> loseLink) {
        this.turns = turns;
        this.wire = wire;
        this.replies = replies;
        this.tokens = tokens;
        this.lead = lead;
        this.loseLink = loseLink;
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        schedule();
    }

    @Override
    public void offline() {
        link++;
        underWay = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The server says that the token ends soon, whatever its source said of its end. */
    void expiring() {
        if (!underWay) {
            if (timer != null) {
                timer.cancel();
            }
            fetch();
        }
    }

    private void schedule() {
        underWay = false;
        Token token = tokens.inUse();
        if (token != null && token.expiresAt() != Long.MAX_VALUE) {
            long left = token.expiresAt() - turns.currentTimeMillis();
            scheduleIn(Math.max(left - lead.toMillis(), left / 2));
        }
    }

    private void scheduleIn(long millis) {
        timer = turns.after(Duration.ofMillis(Math.max(millis, SHORTEST_WAIT_MILLIS)), this::fetch);
    }

    private void fetch() {
        underWay = true;
        int asked = link;
        tokens.fetch(new Tokens.Taker() {
            @Override
            public void got(Token token) {
                if (asked == link) {
                    present(token);
                }
            }

            @Override
            public void failed(String failure) {
                if (asked == link) {
                    schedule();
                }
            }
        });
    }

    private void present(Token token) {
        Token old = tokens.inUse();
        if (old != null && token.value().equals(old.value())) {
            tokens.use(token);
            schedule();
            return;
        }
        long requestId = replies.expect(reply -> answered(token, reply.status()));
        wire.add(new ClientFrame.Hello(requestId, token.value(), null, List.of(), null, null));
    }

    private void answered(Token token, Status status) {
        if (status.isOk()) {
            tokens.use(token);
            schedule();
        } else if (status.code() == UNAUTHENTICATED) {
            tokens.refuse(token);
            loseLink.accept(new CloseReason(CloseReason.UNAUTHENTICATED, status.message()));
        } else {
            scheduleIn(status.retryAfterMillis());
        }
    }
}
