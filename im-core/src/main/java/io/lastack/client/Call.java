package io.lastack.client;

import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not a message, until it is answered.
 *
 * @param <R> what a good answer carries
 */
final class Call<R> {
    final String name;
    final LongFunction<ClientFrame.Request> frame;

    /** Whether writing it twice does no harm. */
    final boolean repeatable;

    final CompletableFuture<R> outcome = new CompletableFuture<>();
    private final Reader<R> reader;
    boolean written;
    Turns.@Nullable Timer deadline;

    private Call(String name, boolean repeatable, LongFunction<ClientFrame.Request> frame, Reader<R> reader) {
        this.name = name;
        this.repeatable = repeatable;
        this.frame = frame;
        this.reader = reader;
    }

    /** @param type of the result that a good answer must carry */
    static <R extends Result> Call<R> of(
            String name, Class<R> type, boolean repeatable, LongFunction<ClientFrame.Request> frame) {
        return new Call<>(name, repeatable, frame, result -> {
            if (!type.isInstance(result)) {
                throw new RequestFailedException(name, Status.of(500, "the server's answer carries no result of it"));
            }
            return type.cast(result);
        });
    }

    /** One whose good answer says nothing but that. */
    static Call<Boolean> bare(String name, LongFunction<ClientFrame.Request> frame) {
        return new Call<>(name, true, frame, result -> true);
    }

    void answer(ServerFrame.Reply reply) {
        if (!reply.status().isOk()) {
            fail(new RequestFailedException(name, reply.status()));
            return;
        }
        try {
            outcome.complete(reader.read(reply.result()));
        } catch (RequestFailedException e) {
            fail(e);
        }
    }

    void fail(RuntimeException reason) {
        outcome.completeExceptionally(reason);
    }

    private interface Reader<R> {
        R read(@Nullable Result result);
    }
}
