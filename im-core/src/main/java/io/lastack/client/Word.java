package io.lastack.client;

import java.util.concurrent.atomic.AtomicBoolean;

/** The application's word on one message; the first one counts. Safe for use by several threads. */
final class Word implements Confirmation {
    private final AtomicBoolean given = new AtomicBoolean();
    private final Turns turns;
    private final ConversationView view;
    private final long seq;

    Word(Turns turns, ConversationView view, long seq) {
        this.turns = turns;
        this.view = view;
        this.seq = seq;
    }

    @Override
    public void acked() {
        if (given.compareAndSet(false, true)) {
            turns.nowOrLater(() -> view.confirmed(seq));
        }
    }

    @Override
    public void nack(String reason) {
        if (given.compareAndSet(false, true)) {
            turns.nowOrLater(() -> view.refused(seq, reason));
        }
    }
}
