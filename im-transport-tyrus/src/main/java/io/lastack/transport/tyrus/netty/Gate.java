package io.lastack.transport.tyrus.netty;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides who may upgrade, before the engine and the endpoint hear of the client. */
@FunctionalInterface
public interface Gate {

    /**
     * Judges a request. Called on an I/O thread, so it must not block; the answer may come later, on any thread, and
     * counts against the accept timeout. A failure counts as a refusal with 503.
     */
    CompletionStage<Admission> admit(Opening opening);

    /** Lets everybody in. */
    static Gate open() {
        return opening -> CompletableFuture.completedFuture(new Admission.Admitted(Map.of()));
    }
}
