package io.lastack.client;

import io.lastack.log.ConversationId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Read positions on their way to the server: the newest of each conversation, after a short wait for a newer one. */
final class ReadMarks implements Part {
    private final Turns turns;
    private final Wire wire;
    private final Replies replies;
    private final Duration delay;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<ConversationId, ReadMark> marks = new LinkedHashMap<>();
    private Turns.@Nullable Timer timer;
    private boolean online;

    /** Why nothing can be sent until somebody starts the client; null if it connects by itself. */
    private @Nullable CloseReason stopped;

    ReadMarks(Turns turns, Wire wire, Replies replies, ClientOptions options) {
        this.turns = turns;
        this.wire = wire;
        this.replies = replies;
        this.delay = options.readDelay();
        this.maxWaiting = options.maxRequests();
    }

    /** From any thread. */
    CompletionStage<Boolean> read(ConversationId conversation, long seq) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            outcome.completeExceptionally(new RequestFailedException(
                    "read", Status.of(429, maxWaiting + " reads wait for an answer; no more are allowed")));
            return outcome;
        }
        turns.later(() -> {
            if (stopped != null) {
                outcome.completeExceptionally(notSent(stopped));
                return;
            }
            marks.computeIfAbsent(conversation, c -> new ReadMark()).raise(seq, outcome);
            flushAfter(delay);
        });
        return outcome.whenComplete((done, failure) -> waiting.decrementAndGet());
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        online = true;
        flush();
    }

    @Override
    public void offline() {
        online = false;
    }

    void flush() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (online) {
            marks.forEach(this::write);
        }
    }

    @Override
    public void started() {
        stopped = null;
    }

    @Override
    public void stopped(CloseReason reason) {
        stopped = reason;
        UnansweredException failure = notSent(reason);
        marks.values().forEach(mark -> mark.fail(failure));
        marks.clear();
    }

    private void flushAfter(Duration wait) {
        if (timer == null) {
            timer = turns.after(wait, this::flush);
        }
    }

    private void write(ConversationId conversation, ReadMark mark) {
        if (!mark.startWriting()) {
            return;
        }
        long requestId = replies.expect(new Replies.Waiter() {
            @Override
            public void answered(ServerFrame.Reply reply) {
                finish(conversation, mark, reply.status());
            }

            @Override
            public void unanswered() {
                mark.putBack();
            }
        });
        wire.add(new ClientFrame.Read(requestId, conversation.value(), mark.writing()));
    }

    private void finish(ConversationId conversation, ReadMark mark, Status status) {
        if (status.isOk()) {
            mark.succeed();
        } else if (status.code() == 429 || status.code() == 503) {
            mark.putBack();
            flushAfter(Duration.ofMillis(Math.max(status.retryAfterMillis(), delay.toMillis())));
        } else {
            mark.failWritten(new RequestFailedException("read", status));
        }
        if (mark.isDone()) {
            marks.remove(conversation);
        } else {
            flushAfter(delay);
        }
    }

    private static UnansweredException notSent(CloseReason reason) {
        return new UnansweredException(
                "read: the client is stopped (" + reason.code() + " " + reason.text() + ")", true);
    }
}
