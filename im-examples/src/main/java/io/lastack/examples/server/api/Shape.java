package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a JSON value looks like: a JSON Schema (2020-12), by which requests are checked and which the description shows.
 * Built up by calls on itself; not changed once an operation has it.
 */
final class Shape {
    static final long MAX_SEQ = (1L << 53) - 1;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode node = JSON.objectNode();

    private Shape() {}

    static Shape object() {
        Shape shape = typed("object");
        shape.node.set("properties", JSON.objectNode());
        shape.node.put("additionalProperties", false);
        return shape;
    }

    /** A shape that the description has under a name. */
    static Shape named(String name) {
        Shape shape = new Shape();
        shape.node.put("$ref", "#/components/schemas/" + name);
        return shape;
    }

    static Shape string(int least, int most) {
        Shape shape = typed("string");
        shape.node.put("minLength", least).put("maxLength", most);
        return shape;
    }

    static Shape text() {
        return typed("string");
    }

    static Shape matching(String pattern) {
        Shape shape = typed("string");
        shape.node.put("pattern", pattern);
        return shape;
    }

    static Shape oneOf(String... words) {
        Shape shape = typed("string");
        ArrayNode allowed = shape.node.putArray("enum");
        List.of(words).forEach(allowed::add);
        return shape;
    }

    static Shape integer(long least, long most) {
        Shape shape = typed("integer");
        shape.node.put("minimum", least).put("maximum", most);
        return shape;
    }

    static Shape count() {
        return integer(0, MAX_SEQ);
    }

    static Shape bool() {
        return typed("boolean");
    }

    static Shape list(Shape of, int least, int most) {
        Shape shape = listOf(of);
        shape.node.put("minItems", least).put("maxItems", most);
        return shape;
    }

    static Shape listOf(Shape of) {
        Shape shape = typed("array");
        shape.node.set("items", of.node);
        return shape;
    }

    /** An object with names and values of the caller's own. */
    static Shape strings() {
        Shape shape = typed("object");
        shape.node.set("additionalProperties", text().node);
        return shape;
    }

    private static Shape typed(String type) {
        Shape shape = new Shape();
        shape.node.put("type", type);
        return shape;
    }

    Shape withDefault(String value) {
        node.put("default", value);
        return this;
    }

    Shape withDefault(long value) {
        node.put("default", value);
        return this;
    }

    Shape encoded(String encoding) {
        node.put("contentEncoding", encoding);
        return this;
    }

    Shape required(String field, Shape shape, String meaning) {
        node.withArray("required").add(field);
        return optional(field, shape, meaning);
    }

    Shape optional(String field, Shape shape, String meaning) {
        ObjectNode described = shape.node.deepCopy();
        if (!meaning.isEmpty()) {
            described.put("description", meaning);
        }
        ((ObjectNode) node.get("properties")).set(field, described);
        return this;
    }

    /** Whether a string of a query or a path is to be read as something else. */
    String type() {
        return node.path("type").asText("string");
    }

    /** The JSON Schema; a copy. */
    ObjectNode schema() {
        return node.deepCopy();
    }
}
