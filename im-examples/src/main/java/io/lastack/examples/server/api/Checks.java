package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.lastack.examples.server.api.Parameter.Place;
import io.lastack.examples.server.api.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a request against the shapes of its operation. Thread-safe. */
final class Checks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_VALUE = 100;
    /** What messages say, in whole or in part, is repeated nowhere. */
    private static final Set<String> CONTENT = Set.of("text", "body", "ext", "remark", "attributes");

    private final Schema path;
    private final Schema query;
    private final @Nullable Schema body;
    private final List<Parameter> parameters;

    Checks(Operation operation) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        this.parameters = operation.parameters();
        this.path = registry.getSchema(object(Place.PATH));
        this.query = registry.getSchema(object(Place.QUERY));
        this.body = operation.body() == null
                ? null
                : registry.getSchema(operation.body().schema());
    }

    private JsonNode object(Place place) {
        Shape object = Shape.object();
        for (Parameter each : parameters) {
            if (each.in() == place && each.required()) {
                object.required(each.name(), each.shape(), "");
            } else if (each.in() == place) {
                object.optional(each.name(), each.shape(), "");
            }
        }
        return object.schema();
    }

    /** @throws ProblemException with everything that is wrong in them */
    Fields arguments(Map<String, String> ofPath, Map<String, List<String>> ofQuery) {
        ObjectNode fromPath = JSON.objectNode();
        ofPath.forEach((name, value) -> fromPath.set(name, read(name, value)));
        ObjectNode fromQuery = JSON.objectNode();
        List<FieldError> errors = new ArrayList<>();
        ofQuery.forEach((name, values) -> {
            if (values.size() != 1) {
                errors.add(new FieldError(
                        "query", name, null, "it is given " + values.size() + " times; once is allowed"));
            }
            fromQuery.set(name, read(name, values.get(0)));
        });
        errors.addAll(errors("path", path, fromPath));
        errors.addAll(errors("query", query, fromQuery));
        require(errors);
        fromPath.setAll(fromQuery);
        return new Fields(fromPath);
    }

    /** @throws ProblemException with everything that is wrong in it */
    Fields body(JsonNode json) {
        if (body != null) {
            require(errors("body", body, json));
        }
        return new Fields((ObjectNode) json);
    }

    /** A word of an address, as the type that its parameter has: what is no number stays a string, and is found wrong. */
    private JsonNode read(String name, String value) {
        String type = parameters.stream()
                .filter(each -> each.name().equals(name))
                .map(each -> each.shape().type())
                .findFirst()
                .orElse("string");
        if (type.equals("integer") && value.matches("-?[0-9]{1,18}")) {
            return JSON.numberNode(Long.parseLong(value));
        }
        if (type.equals("boolean") && (value.equals("true") || value.equals("false"))) {
            return JSON.booleanNode(value.equals("true"));
        }
        return JSON.textNode(value);
    }

    private static void require(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.ofFields(errors));
        }
    }

    private static List<FieldError> errors(String in, Schema schema, JsonNode json) {
        return schema.validate(json).stream().map(error -> describe(in, error)).toList();
    }

    private static FieldError describe(String in, Error error) {
        String pointer = error.getInstanceLocation().toString();
        String property = error.getProperty();
        String field = property == null ? pointer : pointer + "/" + property;
        if (!in.equals("body") && field.startsWith("/")) {
            field = field.substring(1);
        }
        return new FieldError(
                in,
                field.isEmpty() ? "/" : field,
                property == null ? value(field, error.getInstanceNode()) : null,
                error.getMessage());
    }

    private static @Nullable String value(String field, JsonNode node) {
        String top = field.replaceFirst("^/", "").replaceFirst("/.*", "");
        if (CONTENT.contains(top) || node == null || node.isContainerNode()) {
            return null;
        }
        String value = node.asText();
        return value.length() <= LONGEST_VALUE ? value : value.length() + " characters long";
    }
}
