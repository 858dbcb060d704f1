package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers floors of many conversations into few acks: one leaves when half the window is dealt with, so that the server
 * never runs dry, or after a short delay. Floors are kept in the client's state before they are told to the server: a
 * restarted client then never states less than the server knows.
 */
final class AckBatch implements Part {
    private static final Logger log = LoggerFactory.getLogger(AckBatch.class);
    private static final int POSITIONS_PER_FRAME = 500;

    private final Turns turns;
    private final Wire wire;
    private final ClientState state;
    private final Duration delay;
    private final Map<ConversationId, Long> floors = new LinkedHashMap<>();
    private final List<ClientFrame.Nack> nacks = new ArrayList<>();
    private Turns.@Nullable Timer timer;
    private int dealtWith;
    private int enough = 1;
    private boolean online;

    AckBatch(Turns turns, Wire wire, ClientState state, Duration delay) {
        this.turns = turns;
        this.wire = wire;
        this.state = state;
        this.delay = delay;
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        online = true;
        enough = Math.max(1, welcome.window() / 2);
    }

    @Override
    public void offline() {
        online = false;
        flush();
    }

    /** The epoch changed: what was gathered means nothing any more. */
    void drop() {
        floors.clear();
        nacks.clear();
        dealtWith = 0;
    }

    void add(ConversationId conversation, long floor) {
        floors.put(conversation, floor);
        if (++dealtWith >= enough) {
            flush();
            wire.flush();
        } else {
            flushSoon();
        }
    }

    void addNack(ConversationId conversation, long seq, String reason) {
        nacks.add(new ClientFrame.Nack(conversation.value(), seq, reason));
        flushSoon();
    }

    /** Keeps all that was gathered and, if there is a link, tells the server. */
    void flush() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        dealtWith = 0;
        floors.values().removeIf(floor -> floor < 1);
        if (!floors.isEmpty()) {
            keep();
        }
        if (online) {
            tell();
        }
        floors.clear();
        nacks.clear();
    }

    private void flushSoon() {
        if (timer == null) {
            timer = turns.after(delay, this::flush);
        }
    }

    /** A state that fails costs repeats after a restart; the server's own floor bounds them. */
    private void keep() {
        try {
            state.floors(floors);
        } catch (RuntimeException e) {
            log.warn("the client's state did not keep {} floors: {}", floors.size(), e.toString());
        }
    }

    private void tell() {
        List<ClientFrame.Position> positions = new ArrayList<>(floors.size());
        floors.forEach((conversation, floor) -> positions.add(new ClientFrame.Position(conversation.value(), floor)));
        for (int from = 0; from < positions.size() || !nacks.isEmpty(); from += POSITIONS_PER_FRAME) {
            int to = Math.min(positions.size(), from + POSITIONS_PER_FRAME);
            wire.add(new ClientFrame.Ack(from < to ? positions.subList(from, to) : List.of(), nacks));
            nacks.clear();
        }
    }
}
