package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a request, which fit their {@link Shape} already. */
record Fields(ObjectNode json) {
    private static final String USER_PREFIX = "user:";

    boolean has(String field) {
        return json.has(field);
    }

    String text(String field) {
        return optionalText(field).orElseThrow(() -> new IllegalStateException(field + " is required and missing"));
    }

    Optional<String> optionalText(String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::textValue);
    }

    long number(String field, long otherwise) {
        return json.path(field).asLong(otherwise);
    }

    boolean flag(String field) {
        return json.path(field).asBoolean(false);
    }

    UserId user(String field) {
        return UserId.of(text(field));
    }

    Optional<UserId> optionalUser(String field) {
        return optionalText(field).map(UserId::of);
    }

    List<UserId> users(String field) {
        List<UserId> users = new ArrayList<>();
        json.path(field).forEach(each -> users.add(UserId.of(each.textValue())));
        return users;
    }

    Map<String, String> strings(String field) {
        Map<String, String> strings = new TreeMap<>();
        json.path(field)
                .properties()
                .forEach(e -> strings.put(e.getKey(), e.getValue().textValue()));
        return strings;
    }

    ConversationId conversation(String field) {
        return ConversationId.parse(text(field));
    }

    /** A conversation as a user names it: {@code user:B} is the direct one of that user and B. */
    ConversationId conversation(String field, UserId of) {
        String value = text(field);
        return value.startsWith(USER_PREFIX)
                ? ConversationId.direct(of, UserId.of(value.substring(USER_PREFIX.length())))
                : ConversationId.parse(value);
    }

    /** Never the values: they may be bodies of messages. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names.toString();
    }
}
