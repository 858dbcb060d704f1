package io.lastack.internal.request;

import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.Limits;
import io.lastack.session.ClientFrame;
import io.lastack.session.FrameKind;
import io.lastack.spi.RateLimiter;
import java.util.concurrent.atomic.LongAdder;

/** Stands before the handlers: what is over a rate limit is answered here, and reaches none of them. */
public final class RateGate {
    private final RateLimiter limiter;
    private final LongAdder refused = new LongAdder();

    public RateGate(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /** @return whether the frame may be handled; if not, the client has its answer */
    boolean admits(ClientSession session, ClientFrame frame) {
        FrameKind kind = FrameKind.of(frame);
        if (kind == FrameKind.ACK || kind == FrameKind.PING) {
            return true;
        }
        RateLimiter.Verdict verdict =
                limiter.check(new RateLimiter.Attempt(session.user(), session.device(), session.remoteAddress(), kind));
        if (verdict.isAllowed()) {
            return true;
        }
        refused.increment();
        session.overLimit(
                frame instanceof ClientFrame.Request request ? request.requestId() : 0, Limits.status(verdict));
        return false;
    }

    /** Frames refused so far. */
    public long refused() {
        return refused.sum();
    }
}
