package io.lastack.testkit.sim;

import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineOptions;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what was delivered over one connection and not acknowledged. A refusal, a time-out and a new membership make the
 * engine take messages back, which cannot be told from outside: from then on this connection is not counted any more. The
 * engine's clock runs from when it queued a message, so a connection that is slow to take packets is not counted either.
 */
final class WindowCheck {
    private final int window;
    private final long patienceNanos;
    private final Map<String, Unacked> conversations = new HashMap<>();
    private int unacked;
    private boolean unsure;

    private static final class Unacked {
        final ArrayDeque<Long> seqs = new ArrayDeque<>();
        long progressNanos;
        long highest;
        /** An own message may be acknowledged before it is delivered. */
        long acked;
        /** The highest own message that a reply stood for. */
        long own;

        void startedAt(long nanos) {
            if (seqs.isEmpty() && own <= acked) {
                progressNanos = nanos;
            }
        }
    }

    WindowCheck(EngineOptions options) {
        this.window = options.window();
        this.patienceNanos = options.ackTimeout().toNanos() / 2;
    }

    /** @return how many are unacknowledged, if that is more than may be; otherwise 0 */
    int delivered(ServerFrame.Deliver deliver, long nanos) {
        ConversationId conversation = deliver.conversation();
        Unacked of = conversations.computeIfAbsent(conversation.value(), c -> new Unacked());
        of.startedAt(nanos);
        for (Message message : deliver.messages()) {
            unsure |= message.seq() <= of.highest;
            of.highest = message.seq();
            if (message.seq() > of.acked) {
                of.seqs.add(message.seq());
                unacked++;
            }
        }
        lookForTimeouts(nanos);
        return unsure || unacked <= window ? 0 : unacked;
    }

    /** The reply to a send is the delivery of that message, and the clock runs for it too. */
    void replied(Result.Send own, long nanos) {
        Unacked of = conversations.computeIfAbsent(own.conversation().value(), c -> new Unacked());
        of.startedAt(nanos);
        of.own = Math.max(of.own, own.seq());
    }

    private void lookForTimeouts(long nanos) {
        if (unacked > window) {
            for (Unacked of : conversations.values()) {
                unsure |= (!of.seqs.isEmpty() || of.own > of.acked) && nanos - of.progressNanos >= patienceNanos;
            }
        }
    }

    void acked(ClientFrame.Ack ack, long nanos) {
        unsure |= !ack.nacks().isEmpty();
        for (ClientFrame.Position position : ack.positions()) {
            Unacked of = conversations.computeIfAbsent(position.conversation(), c -> new Unacked());
            if (of.own > of.acked && position.seq() > of.acked) {
                unsure |= nanos - of.progressNanos >= patienceNanos;
                of.progressNanos = nanos;
            }
            of.acked = Math.max(of.acked, position.seq());
            if (!of.seqs.isEmpty() && of.seqs.peek() <= position.seq()) {
                unsure |= nanos - of.progressNanos >= patienceNanos;
                of.progressNanos = nanos;
                forget(of, position.seq());
            }
        }
    }

    private void forget(Unacked of, long throughSeq) {
        while (!of.seqs.isEmpty() && of.seqs.peek() <= throughSeq) {
            of.seqs.poll();
            unacked--;
        }
    }

    void membershipChanged() {
        unsure = true;
    }

    /** An ack told of more than was sent: what it acknowledged is not acknowledged to the engine. */
    void ackRefused() {
        unsure = true;
    }

    /** A packet was taken, so long after it was given. */
    void written(long nanos) {
        unsure |= nanos >= patienceNanos / 4;
    }
}
