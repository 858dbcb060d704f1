package io.lastack.client;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What hello states about the past, and what the welcome's epoch makes of it. */
final class Positions implements Part {
    private static final Logger log = LoggerFactory.getLogger(Positions.class);

    private final ClientState state;
    private final Inbox inbox;
    private final Events events;
    private @Nullable String epoch;

    Positions(ClientState state, Inbox inbox, Events events) {
        this.state = state;
        this.inbox = inbox;
        this.events = events;
    }

    void restore(ClientState.Saved saved) {
        epoch = saved.epoch();
        inbox.restore(saved.floors());
    }

    @Nullable
    String epoch() {
        return epoch;
    }

    List<ClientFrame.Position> resume() {
        return inbox.positions();
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        String before = epoch;
        String now = welcome.epoch();
        boolean holds = before == null || (before.equals(now) && welcome.resumed());
        if (!holds) {
            inbox.dropPositions();
        }
        if (!holds || before == null) {
            epoch = now;
            keep(now);
        }
        inbox.linkBegins();
        if (before != null && !holds) {
            events.tell("epochChanged", l -> l.epochChanged(before, now));
        }
    }

    /** A state that fails to keep it makes the next client drop its positions: repeats, nothing worse. */
    private void keep(String now) {
        try {
            state.epoch(now);
        } catch (RuntimeException e) {
            log.warn("the client's state did not keep the epoch: {}", e.toString());
        }
    }

    @Override
    public void offline() {}
}
