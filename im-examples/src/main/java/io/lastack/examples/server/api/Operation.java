package io.lastack.examples.server.api;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the API does: what a request looks like, what it is answered with, and who answers. Requests are checked by
 * it and the description is made from it.
 *
 * @param path below the API's prefix, with parameters in braces
 * @param repeatable whether it takes an {@code Idempotency-Key}
 * @param body of the request, or null if it has none
 * @param status of success
 * @param answer of success, or null if it has no body
 * @param failures the statuses of failures, besides those that any operation may have
 */
record Operation(
        String method,
        String path,
        String id,
        String tag,
        String summary,
        String meaning,
        List<Parameter> parameters,
        boolean repeatable,
        @Nullable Shape body,
        int status,
        String answerType,
        @Nullable Shape answer,
        Set<Integer> failures,
        Handler handler) {

    static final String JSON = "application/json";

    /** Does what is asked. Runs on a thread that may block. */
    @FunctionalInterface
    interface Handler {
        Answer handle(ApiCall call) throws Exception;
    }

    Operation {
        parameters = List.copyOf(parameters);
        failures = Set.copyOf(failures);
    }

    static OperationBuilder get(String path, String id) {
        return new OperationBuilder("GET", path, id);
    }

    static OperationBuilder post(String path, String id) {
        return new OperationBuilder("POST", path, id);
    }

    static OperationBuilder put(String path, String id) {
        return new OperationBuilder("PUT", path, id);
    }

    static OperationBuilder delete(String path, String id) {
        return new OperationBuilder("DELETE", path, id);
    }
}
