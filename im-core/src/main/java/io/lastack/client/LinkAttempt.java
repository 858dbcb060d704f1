package io.lastack.client;

import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.util.List;

/** One attempt at a link, and the link that came of it: brings what the connector says into turns. */
final class LinkAttempt implements Connector.Listener {
    private final Turns turns;
    private final Owner owner;

    /** Noted as it comes, so that an application that is slow to process does not make the server look silent. */
    private volatile long lastHeard;

    LinkAttempt(Turns turns, Owner owner) {
        this.turns = turns;
        this.owner = owner;
        this.lastHeard = turns.nanoTime();
    }

    /** When anything came from the server last, by the runtime's monotonic clock. */
    long lastHeard() {
        return lastHeard;
    }

    @Override
    public void opened(Connector.Link link) {
        lastHeard = turns.nanoTime();
        turns.later(() -> owner.opened(this, link));
    }

    @Override
    public void received(List<ServerFrame> frames) {
        lastHeard = turns.nanoTime();
        turns.later(() -> owner.received(this, frames));
    }

    @Override
    public void closed(CloseReason reason) {
        turns.later(() -> owner.closed(this, reason));
    }

    /** Hears of all its attempts, those it has given up included; in turns. */
    interface Owner {
        void opened(LinkAttempt attempt, Connector.Link link);

        void received(LinkAttempt attempt, List<ServerFrame> frames);

        void closed(LinkAttempt attempt, CloseReason reason);
    }
}
