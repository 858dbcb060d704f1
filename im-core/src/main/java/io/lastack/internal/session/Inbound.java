package io.lastack.internal.session;

import io.lastack.session.ClientFrame;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The frames of one session, handled one after another in the order of arrival, also when a frame makes the later ones
 * wait (login, a change of a group). Thread-safe; bounded by the caller through {@link #size}.
 */
final class Inbound {
    private final Consumer<ClientFrame> handler;
    private final Runnable onDrained;
    private final ArrayDeque<ClientFrame> waiting = new ArrayDeque<>(0);
    private boolean handling;
    private int pauses;

    /** @param onDrained called after a run of frames was handled, without locks */
    Inbound(Consumer<ClientFrame> handler, Runnable onDrained) {
        this.handler = handler;
        this.onDrained = onDrained;
    }

    void add(List<ClientFrame> frames) {
        synchronized (this) {
            waiting.addAll(frames);
        }
        drain();
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Frames after the one being handled wait until {@link #resume}. */
    synchronized void pause() {
        pauses++;
    }

    void resume() {
        synchronized (this) {
            pauses--;
        }
        drain();
    }

    synchronized void clear() {
        waiting.clear();
    }

    private void drain() {
        boolean handled = false;
        for (ClientFrame frame = next(); frame != null; frame = next()) {
            handled = true;
            handler.accept(frame);
            synchronized (this) {
                handling = false;
            }
        }
        if (handled) {
            onDrained.run();
        }
    }

    private synchronized @org.jspecify.annotations.Nullable ClientFrame next() {
        if (handling || pauses > 0 || waiting.isEmpty()) {
            return null;
        }
        handling = true;
        return waiting.remove();
    }
}
