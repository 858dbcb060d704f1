package io.lastack.examples.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lastack.error.InvalidRequestException;
import io.lastack.log.ClientMessageId;
import io.lastack.transport.tyrus.http.HttpCall;
import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything below {@value #PREFIX}: finds the operation, holds the request against it, and answers. Thread-safe. */
final class HttpApi implements HttpRoute {
    static final String PREFIX = "/api/v1/";
    static final String KEY_HEADER = "Idempotency-Key";
    /** A body of 64 KiB in base64, with as much of {@code ext}, and room. */
    static final int MAX_BODY = 256 * 1024;

    private static final Logger log = LoggerFactory.getLogger(HttpApi.class);

    private final List<Endpoint> endpoints;
    private final Supplier<ServiceTokens> tokens;

    HttpApi(List<Operation> operations, Supplier<ServiceTokens> tokens) {
        this.endpoints = operations.stream().map(Endpoint::new).toList();
        this.tokens = tokens;
    }

    @Override
    public HttpReply handle(HttpCall call) {
        try {
            return answer(call);
        } catch (RuntimeException e) {
            return Failures.problem(call.method() + " " + PREFIX + "…", e).reply();
        }
    }

    private HttpReply answer(HttpCall call) {
        List<Endpoint> here = new ArrayList<>();
        List<String> segments = PathTemplate.segments(call.path().substring(PREFIX.length()));
        endpoints.stream().filter(each -> each.path.fits(segments)).forEach(here::add);
        if (call.method().equals("OPTIONS") && !here.isEmpty()) {
            return new HttpReply(204, java.util.Map.of("Allow", methods(here)), new byte[0]);
        }
        Optional<String> caller = caller(call);
        if (caller.isEmpty()) {
            return Problem.of(401, "an Authorization header with Bearer and a service token is required")
                    .reply()
                    .with("WWW-Authenticate", "Bearer realm=\"lastack\"");
        }
        if (here.isEmpty()) {
            return Problem.of(404, "there is no such path; /openapi.json has all that are")
                    .reply();
        }
        for (Endpoint endpoint : here) {
            if (endpoint.operation.method().equals(call.method())) {
                return run(endpoint, segments, call, caller.get());
            }
        }
        return Problem.of(405, call.method() + " is not allowed here; allowed are " + methods(here))
                .reply()
                .with("Allow", methods(here));
    }

    private Optional<String> caller(HttpCall call) {
        return call.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(value -> tokens.get().nameOf(value.substring(7).strip()));
    }

    private static HttpReply run(Endpoint endpoint, List<String> segments, HttpCall call, String caller) {
        Operation operation = endpoint.operation;
        HttpReply reply;
        try {
            Fields arguments = endpoint.checks.arguments(endpoint.path.values(segments), call.query());
            Fields body = endpoint.checks.body(
                    operation.body() == null ? noBody(operation, call) : RequestBody.read(operation, call));
            reply = reply(operation, operation.handler().handle(new ApiCall(arguments, body, key(operation, call))));
        } catch (RuntimeException e) {
            reply = Failures.problem(operation.id(), e).reply();
        } catch (Exception e) {
            reply = Failures.problem(operation.id(), new IllegalStateException(e))
                    .reply();
        }
        log.debug("{} by {}: {}", operation.id(), caller, reply.status());
        return reply;
    }

    private static JsonNode noBody(Operation operation, HttpCall call) {
        if (call.body().length > 0) {
            throw new ProblemException(Problem.of(400, operation.id() + " takes no body"));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static @Nullable ClientMessageId key(Operation operation, HttpCall call) {
        List<String> given = call.headers().getOrDefault(KEY_HEADER, List.of());
        if (given.isEmpty() || !operation.repeatable()) {
            return null;
        }
        if (given.size() > 1) {
            throw new InvalidRequestException(KEY_HEADER + " is given " + given.size() + " times; once is allowed");
        }
        try {
            return ClientMessageId.of(given.get(0));
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(KEY_HEADER + ": " + e.getMessage());
        }
    }

    private static HttpReply reply(Operation operation, Answer answer) throws JsonProcessingException {
        HttpReply reply;
        if (answer.json() != null) {
            reply = HttpReply.json(operation.status(), RequestBody.MAPPER.writeValueAsString(answer.json()));
        } else if (answer.stream() != null) {
            reply = HttpReply.stream(operation.status(), operation.answerType(), answer.stream());
        } else {
            reply = new HttpReply(204, java.util.Map.of(), new byte[0]);
        }
        return reply.with("Cache-Control", "no-store");
    }

    private static String methods(List<Endpoint> here) {
        TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
        here.forEach(each -> methods.add(each.operation.method()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private static final class Endpoint {
        final Operation operation;
        final PathTemplate path;
        final Checks checks;

        Endpoint(Operation operation) {
            this.operation = operation;
            this.path = new PathTemplate(operation.path());
            this.checks = new Checks(operation);
        }
    }
}
