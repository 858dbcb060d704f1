package io.lastack.client;

import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Result;
import java.util.concurrent.CompletableFuture;

/** A message in the outbox, with who waits for it. */
final class PendingSend {
    final OutboxEntry entry;
    final CompletableFuture<Sent> outcome;

    /** Its place among all sends of this client. */
    final long order;

    /** How often the server has put it off since it was last written anew. */
    final Backoff backoff;

    PendingSend(OutboxEntry entry, CompletableFuture<Sent> outcome, long order, Backoff backoff) {
        this.entry = entry;
        this.outcome = outcome;
        this.order = order;
        this.backoff = backoff;
    }

    /** The log entry that it became. */
    Message at(Result.Send place, UserId sender) {
        return new Message(place.conversation(), place.seq(), place.sentAt(), sender, entry.id(), entry.content());
    }
}
