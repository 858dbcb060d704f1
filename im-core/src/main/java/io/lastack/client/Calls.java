package io.lastack.client;

import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for an answer: each one until its deadline, across links if writing it again does no harm; one
 * that would harm fails with its link.
 */
final class Calls implements Part {
    private final Turns turns;
    private final Wire wire;
    private final Replies replies;
    private final ClientOptions options;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<Call<?>> open = new LinkedHashSet<>();
    private boolean online;

    /** Why nothing can be written until somebody starts the client; null if it connects by itself. */
    private @Nullable CloseReason stopped;

    Calls(Turns turns, Wire wire, Replies replies, ClientOptions options) {
        this.turns = turns;
        this.wire = wire;
        this.replies = replies;
        this.options = options;
    }

    /** From any thread. */
    <R> CompletionStage<R> make(Call<R> call) {
        if (taken.incrementAndGet() > options.maxRequests()) {
            taken.decrementAndGet();
            call.fail(new RequestFailedException(
                    call.name,
                    Status.of(429, options.maxRequests() + " requests wait for an answer; no more are allowed")));
        } else {
            turns.nowOrLater(() -> add(call));
        }
        return call.outcome;
    }

    @Override
    public void online(ServerFrame.Welcome welcome) {
        online = true;
        open.forEach(this::write);
    }

    @Override
    public void offline() {
        online = false;
    }

    @Override
    public void started() {
        stopped = null;
    }

    @Override
    public void stopped(CloseReason reason) {
        stopped = reason;
        new ArrayList<>(open).forEach(call -> end(call, () -> call.fail(notSent(call, reason))));
    }

    private void add(Call<?> call) {
        if (stopped != null) {
            taken.decrementAndGet();
            call.fail(notSent(call, stopped));
            return;
        }
        open.add(call);
        call.deadline = turns.after(options.requestTimeout(), () -> expire(call));
        if (online) {
            write(call);
        }
    }

    private void write(Call<?> call) {
        call.written = true;
        long requestId = replies.expect(new Replies.Waiter() {
            @Override
            public void answered(ServerFrame.Reply reply) {
                end(call, () -> call.answer(reply));
            }

            @Override
            public void unanswered() {
                linkLost(call);
            }
        });
        wire.add(call.frame.apply(requestId));
    }

    private void linkLost(Call<?> call) {
        if (!call.repeatable) {
            end(
                    call,
                    () -> call.fail(new UnansweredException(
                            call.name
                                    + ": the link was lost before the answer came; whether it took effect is not known",
                            true)));
        }
    }

    private void expire(Call<?> call) {
        String why = online ? "no answer within " : "no connection within ";
        end(
                call,
                () -> call.fail(
                        new UnansweredException(call.name + ": " + why + options.requestTimeout(), call.written)));
    }

    private void end(Call<?> call, Runnable ending) {
        if (open.remove(call)) {
            taken.decrementAndGet();
            if (call.deadline != null) {
                call.deadline.cancel();
            }
            ending.run();
        }
    }

    private static UnansweredException notSent(Call<?> call, CloseReason reason) {
        return new UnansweredException(
                call.name + ": the client is stopped (" + reason.code() + " " + reason.text() + ")", call.written);
    }
}
