package io.lastack.client;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that the server has not confirmed yet, in the order in which they were given. Whatever happens to a link, a
 * message stays until it is answered, and is written again under the same id on the next link.
 */
final class Outbox implements Part, SendFlow.Outcomes {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final Turns turns;
    private final ClientState state;
    private final Events events;
    private final ClientOptions options;
    private final Function<ServerFrame.Welcome, SendFlow> flows;
    private final Consumer<Message> ownMessages;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<ClientMessageId, PendingSend> unanswered = new LinkedHashMap<>();
    private @Nullable SendFlow flow;
    private long lastOrder;
    private boolean closed;

    /** @param ownMessages hears of each message that is in the log now */
    Outbox(
            Turns turns,
            ClientState state,
            Events events,
            ClientOptions options,
            FlowFactory flows,
            Consumer<Message> ownMessages) {
        this.turns = turns;
        this.state = state;
        this.events = events;
        this.options = options;
        this.flows = welcome -> flows.over(welcome, this);
        this.ownMessages = ownMessages;
    }

    void restore(List<OutboxEntry> entries) {
        taken.addAndGet(entries.size());
        entries.forEach(entry -> remember(entry, new CompletableFuture<>()));
    }

    /** From any thread. */
    CompletionStage<Sent> send(OutboxEntry entry) {
        CompletableFuture<Sent> outcome = new CompletableFuture<>();
        if (taken.incrementAndGet() > options.maxOutbox()) {
            taken.decrementAndGet();
            outcome.completeExceptionally(new OutboxFullException(options.maxOutbox()));
        } else {
            turns.later(() -> add(entry, outcome));
        }
        return outcome;
    }

    /** How many messages are not answered yet. From any thread. */
    int size() {
        return taken.get();
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        SendFlow opened = flows.apply(welcome);
        flow = opened;
        new ArrayList<>(unanswered.values()).forEach(opened::add);
        opened.pump();
    }

    @Override
    public void offline() {
        if (flow != null) {
            flow.end();
            flow = null;
        }
    }

    /** Something that held messages back may have changed. */
    void pump() {
        if (flow != null) {
            flow.pump();
        }
    }

    /** Nothing is answered any more. What is unanswered stays in the state. */
    void close() {
        closed = true;
        unanswered.values().forEach(send -> send.outcome.completeExceptionally(closedBefore(send.entry.id(), true)));
        unanswered.clear();
    }

    private void add(OutboxEntry entry, CompletableFuture<Sent> outcome) {
        PendingSend same = unanswered.get(entry.id());
        if (closed) {
            refuse(outcome, closedBefore(entry.id(), false));
        } else if (same != null) {
            taken.decrementAndGet();
            join(same, entry, outcome);
        } else if (keep(entry, outcome)) {
            PendingSend send = remember(entry, outcome);
            if (flow != null) {
                flow.add(send);
                flow.pump();
            }
        }
    }

    private static void join(PendingSend same, OutboxEntry entry, CompletableFuture<Sent> outcome) {
        if (same.entry.equals(entry)) {
            CompletableFuture<Sent> unused = same.outcome.whenComplete((sent, failure) -> {
                if (failure == null) {
                    outcome.complete(sent);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
        } else {
            outcome.completeExceptionally(new InvalidRequestException(
                    Reason.CONFLICT,
                    "clientMessageId " + entry.id() + " is that of another message that is not answered yet"));
        }
    }

    private boolean keep(OutboxEntry entry, CompletableFuture<Sent> outcome) {
        try {
            state.queued(entry);
            return true;
        } catch (RuntimeException e) {
            refuse(outcome, e);
            return false;
        }
    }

    private PendingSend remember(OutboxEntry entry, CompletableFuture<Sent> outcome) {
        PendingSend send = new PendingSend(
                entry, outcome, ++lastOrder, new Backoff(options.backoffBase(), options.backoffMax(), turns.random()));
        unanswered.put(entry.id(), send);
        return send;
    }

    private void refuse(CompletableFuture<Sent> outcome, RuntimeException reason) {
        taken.decrementAndGet();
        outcome.completeExceptionally(reason);
    }

    @Override
    public void stored(PendingSend send, Result.Send place, UserId sender) {
        drop(send);
        Sent sent = new Sent(place.conversation(), place.seq(), place.sentAt(), place.duplicate());
        send.outcome.complete(sent);
        events.tell("sent", l -> l.sent(send.entry.id(), sent));
        ownMessages.accept(send.at(place, sender));
    }

    @Override
    public void refused(PendingSend send, Status status) {
        drop(send);
        RequestFailedException reason = new RequestFailedException("send", status);
        send.outcome.completeExceptionally(reason);
        events.tell("sendFailed", l -> l.sendFailed(send.entry.id(), reason));
    }

    /** A state that fails to forget costs one more, idempotent, send after a restart. */
    private void drop(PendingSend send) {
        unanswered.remove(send.entry.id());
        taken.decrementAndGet();
        try {
            state.settled(send.entry.id());
        } catch (RuntimeException e) {
            log.warn("the client's state did not forget {}: {}", send.entry.id(), e.toString());
        }
    }

    private static UnansweredException closedBefore(ClientMessageId id, boolean kept) {
        return new UnansweredException(
                "the client was closed before message " + id + " was answered; "
                        + (kept ? "it stays in the outbox" : "it was not queued"),
                kept);
    }

    /** Makes the flow of one link. */
    interface FlowFactory {
        SendFlow over(ServerFrame.Welcome welcome, SendFlow.Outcomes outcomes);
    }
}
