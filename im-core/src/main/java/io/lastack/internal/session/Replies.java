package io.lastack.internal.session;

import io.lastack.log.Draft;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is told of its requests, and how many of them wait for that. A reply is queued; whoever gives it sees
 * to it that the session is flushed. Thread-safe.
 */
public final class Replies {
    private final Outbound outbound;
    private final Pump pump;
    private final int mostPending;
    private final BooleanSupplier over;
    private final AtomicInteger pending = new AtomicInteger();

    /** @param over whether there is nobody any more who would take a reply */
    Replies(Outbound outbound, Pump pump, int mostPending, BooleanSupplier over) {
        this.outbound = outbound;
        this.pump = pump;
        this.mostPending = mostPending;
        this.over = over;
    }

    /** @return false if too many requests of this connection wait already (the client is told) */
    public boolean begin(long requestId) {
        if (pending.incrementAndGet() > mostPending) {
            pending.decrementAndGet();
            reply(
                    requestId,
                    new Status(
                            429, "more than " + mostPending + " requests of this connection wait for their reply", 100),
                    null);
            return false;
        }
        return true;
    }

    /** A request that {@linkplain #begin began} waits no longer. */
    public void end() {
        pending.decrementAndGet();
    }

    /** Ends a request that may have a large answer, if there is no room for one, or nobody who would take it. */
    public boolean refusedForRoom(long requestId) {
        if (!over.getAsBoolean() && !outbound.isCrowding()) {
            return false;
        }
        end();
        reply(requestId, Failures.NO_ROOM, null);
        return true;
    }

    public void reply(long requestId, Status status, @Nullable Result result) {
        if (!outbound.offer(outbound.encoder().encode(new ServerFrame.Reply(requestId, status, result)))) {
            outbound.add(new ServerFrame.Reply(requestId, Failures.NO_ROOM, null));
        }
    }

    /** An answer to what is not (well) tied to a request. */
    public void refuse(long requestId, Status status) {
        if (requestId > 0) {
            reply(requestId, status, null);
        } else {
            outbound.add(new ServerFrame.Error(status));
        }
    }

    /** The request failed. */
    public void fail(long requestId, RuntimeException failure) {
        refuse(requestId, Failures.status(failure));
    }

    /** The message is on its way into the log: this device is to have it by the reply, and by nothing before it. */
    public void awaitAppend(Draft draft) {
        pump.awaitReply(draft);
    }

    /** The reply to a send; for this device it is the delivery of the message. */
    public void appended(long requestId, Draft draft, long seq, Result result) {
        pump.ownAppended(draft, seq, outbound.encoder().encode(new ServerFrame.Reply(requestId, Status.OK, result)));
    }

    /** A send has failed, as far as is known: if the message is in the log nevertheless, it is delivered. */
    public void giveUpAppend(Draft draft) {
        pump.answered(draft);
    }
}
