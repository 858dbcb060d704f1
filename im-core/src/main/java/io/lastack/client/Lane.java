package io.lastack.client;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The unanswered messages of one conversation, while there is a link: they leave in order, a bounded number at once. */
final class Lane {
    private final Queue<PendingSend> waiting =
            new PriorityQueue<>(Comparator.comparingLong((PendingSend s) -> s.order));
    private final int maxInFlight;
    private int inFlight;
    private Turns.@Nullable Timer pause;

    Lane(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    void add(PendingSend send) {
        waiting.add(send);
    }

    /** The next message to write now, which counts as in flight from here on; null if there is none. */
    @Nullable
    PendingSend take() {
        if (pause != null || inFlight >= maxInFlight || waiting.isEmpty()) {
            return null;
        }
        inFlight++;
        return waiting.remove();
    }

    void answered() {
        inFlight--;
    }

    /** The server puts this one off: it goes back to its place, and nothing leaves until {@link #resume}. */
    void putOff(PendingSend send, Turns.Timer until) {
        inFlight--;
        waiting.add(send);
        stop();
        pause = until;
    }

    void resume() {
        pause = null;
    }

    void stop() {
        if (pause != null) {
            pause.cancel();
        }
    }
}
