package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The description of the API (OpenAPI 3.1), made from the operations that serve it. */
final class OpenApi {
    private static final String ABOUT = """
            For back ends: what they do here is trusted, so neither membership nor the access policy is asked; who calls \
            answers for whom it speaks. Users connect with the WebSocket at `/im`.

            Every call needs `Authorization: Bearer TOKEN` with a service token. A call that failed is answered with a \
            problem (RFC 9457). A repeatable call takes an `Idempotency-Key`: the same call with the same key does nothing \
            more and gets the first answer.""";

    private OpenApi() {}

    static ObjectNode describe(List<Operation> operations, String version) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "LastAck")
                .put("version", version)
                .put("description", ABOUT)
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", HttpApi.PREFIX.substring(0, HttpApi.PREFIX.length() - 1));
        document.putArray("security").addObject().putArray("serviceToken");
        tags(document.putArray("tags"), operations);
        ObjectNode paths = document.putObject("paths");
        for (Operation operation : operations) {
            paths.withObjectProperty(operation.path())
                    .set(operation.method().toLowerCase(Locale.ROOT), describe(operation));
        }
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        Shapes.named().forEach((name, shape) -> schemas.set(name, shape.schema()));
        components
                .putObject("securitySchemes")
                .putObject("serviceToken")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    private static void tags(ArrayNode tags, List<Operation> operations) {
        operations.stream()
                .map(Operation::tag)
                .distinct()
                .forEach(tag -> tags.addObject().put("name", tag));
    }

    private static ObjectNode describe(Operation operation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("operationId", operation.id());
        node.putArray("tags").add(operation.tag());
        node.put("summary", operation.summary());
        if (!operation.meaning().isEmpty()) {
            node.put("description", operation.meaning());
        }
        parameters(node, operation);
        if (operation.body() != null) {
            ObjectNode body = node.putObject("requestBody").put("required", true);
            body.putObject("content")
                    .putObject(Operation.JSON)
                    .set("schema", operation.body().schema());
        }
        responses(node.putObject("responses"), operation);
        return node;
    }

    private static void parameters(ObjectNode node, Operation operation) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        for (Parameter each : operation.parameters()) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", each.name()).put("in", each.in().name().toLowerCase(Locale.ROOT));
            parameter.put("required", each.required()).put("description", each.meaning());
            parameter.set("schema", each.shape().schema());
        }
        if (operation.repeatable()) {
            ObjectNode key = parameters.addObject();
            key.put("name", HttpApi.KEY_HEADER).put("in", "header").put("required", false);
            key.put("description", "your name for this call: the same call with the same key does nothing more");
            key.set("schema", Shape.string(1, 64).schema());
        }
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
    }

    private static void responses(ObjectNode responses, Operation operation) {
        ObjectNode success = responses.putObject(Integer.toString(operation.status()));
        success.put("description", "done");
        if (operation.answer() != null) {
            success.putObject("content")
                    .putObject(operation.answerType())
                    .set("schema", operation.answer().schema());
        }
        for (int status : failures(operation)) {
            ObjectNode failure = responses.putObject(Integer.toString(status));
            failure.put("description", Problem.title(status));
            failure.putObject("content")
                    .putObject(Problem.CONTENT_TYPE)
                    .set("schema", Shape.named("Problem").schema());
        }
    }

    /** Those that any operation may have, and its own. */
    static Set<Integer> failures(Operation operation) {
        Set<Integer> failures = new TreeSet<>(Set.of(400, 401, 500, 503, 504));
        if (operation.body() != null) {
            failures.addAll(Set.of(413, 415));
        }
        failures.addAll(operation.failures());
        return failures;
    }
}
