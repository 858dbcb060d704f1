package io.lastack.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The read position of one conversation: what waits to be written, what is written, and who waits for either. */
final class ReadMark {
    private final List<CompletableFuture<Boolean>> waiters = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> writtenWaiters = new ArrayList<>();
    private long wanted;
    private long writing;

    void raise(long seq, CompletableFuture<Boolean> waiter) {
        wanted = Math.max(wanted, seq);
        waiters.add(waiter);
    }

    /** @return whether there is something to write, and nothing written waits for an answer */
    boolean startWriting() {
        if (writing != 0 || wanted == 0) {
            return false;
        }
        writing = wanted;
        wanted = 0;
        writtenWaiters.addAll(waiters);
        waiters.clear();
        return true;
    }

    long writing() {
        return writing;
    }

    /** What was written has to be written again, unless a newer position took its place. */
    void putBack() {
        wanted = Math.max(wanted, writing);
        writing = 0;
        waiters.addAll(writtenWaiters);
        writtenWaiters.clear();
    }

    void succeed() {
        writing = 0;
        List<CompletableFuture<Boolean>> done = List.copyOf(writtenWaiters);
        writtenWaiters.clear();
        done.forEach(waiter -> waiter.complete(true));
    }

    void failWritten(RuntimeException reason) {
        writing = 0;
        List<CompletableFuture<Boolean>> done = List.copyOf(writtenWaiters);
        writtenWaiters.clear();
        done.forEach(waiter -> waiter.completeExceptionally(reason));
    }

    void fail(RuntimeException reason) {
        putBack();
        waiters.forEach(waiter -> waiter.completeExceptionally(reason));
    }

    boolean isDone() {
        return writing == 0 && wanted == 0;
    }
}
