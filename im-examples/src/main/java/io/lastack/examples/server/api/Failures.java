package io.lastack.examples.server.api;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.StoreException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong behind the API, made into problems. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private static final long PATIENCE_SECONDS = 60;

    private Failures() {}

    /** The result of a stage of the engine. */
    static <T> T await(CompletionStage<T> stage) {
        return await(stage, PATIENCE_SECONDS);
    }

    static <T> T await(CompletionStage<T> stage, long seconds) {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new ProblemException(Problem.of(
                    504,
                    "no answer within " + seconds
                            + " s; whether it was done is not known, and the same call with the same"
                            + " Idempotency-Key is harmless"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    Problem.of(503, "this server is going away").retryAfter(1));
        }
    }

    static Problem problem(String operation, RuntimeException failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof InvalidRequestException refused) {
            return Problem.of(refused.reason().code(), String.valueOf(refused.getMessage()))
                    .retryAfter((refused.retryAfterMillis() + 999) / 1_000);
        }
        if (failure instanceof StoreException store && store.retryable()) {
            log.warn("{} failed for now: {}", operation, store.getMessage());
            return Problem.of(
                            503,
                            store.effect() == StoreException.Effect.NOT_APPLIED
                                    ? "the store does not answer; nothing was done"
                                    : "the store did not answer; whether it was done is not known, and the same call with"
                                            + " the same Idempotency-Key is harmless")
                    .retryAfter(1);
        }
        log.error("{} failed", operation, failure);
        return Problem.of(500, "it went wrong here, and is in the log");
    }
}
