package io.lastack.client;

import io.lastack.log.Message;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where this device begins in conversations that it has sent to and heard nothing of yet. Without that, the
 * reply to a send cannot be told from one that runs ahead of a backlog. The server's list of conversations says it.
 */
final class StartLookup {
    private static final int PAGE = 200;

    private final Calls calls;
    private final Inbox inbox;
    private boolean running;

    /** The list was half read when another was needed, which may lie before where reading has come to. */
    private boolean again;

    StartLookup(Calls calls, Inbox inbox) {
        this.calls = calls;
        this.inbox = inbox;
    }

    /** A message of this client is in the log. */
    void stored(Message own) {
        if (inbox.replied(own)) {
            return;
        }
        if (running) {
            again = true;
        } else {
            ask(null);
        }
    }

    private void ask(@Nullable String cursor) {
        running = true;
        Call<Result.Conversations> page = Call.of(
                "conversations",
                Result.Conversations.class,
                true,
                requestId -> new ClientFrame.Conversations(requestId, cursor, PAGE));
        calls.make(page).whenComplete((answer, failure) -> {
            running = false;
            // After a failure the server sends again what is not acked in time, and that says where this device begins.
            if (failure == null) {
                take(answer);
            }
        });
    }

    private void take(Result.Conversations answer) {
        answer.conversations().forEach(c -> inbox.foundStart(c.conversation(), c.lastAck()));
        String cursor = answer.cursor();
        if (!inbox.awaitsStarts()) {
            again = false;
        } else if (cursor != null) {
            ask(cursor);
        } else if (again) {
            again = false;
            ask(null);
        }
    }
}
