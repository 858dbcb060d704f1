package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lastack.transport.tyrus.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a call failed, as RFC 9457 writes it.
 *
 * @param retryAfter seconds after which the same call may succeed; 0 for "not said"
 * @param errors every field that is wrong, where fields are
 */
record Problem(int status, String detail, long retryAfter, List<FieldError> errors) {
    static final String CONTENT_TYPE = "application/problem+json";

    /**
     * A field that is wrong.
     *
     * @param in path, query, body or header
     * @param value what it holds, or null if there is none or it is not to be repeated
     */
    record FieldError(String in, String field, @Nullable String value, String allowed) {
        String sentence() {
            return field + " (" + in + ")" + (value == null ? "" : " is " + value) + ": " + allowed;
        }
    }

    Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(int status, String detail) {
        return new Problem(status, detail, 0, List.of());
    }

    static Problem ofFields(List<FieldError> errors) {
        String detail = String.join(
                "; ", errors.stream().map(FieldError::sentence).limit(10).toList());
        return new Problem(400, detail, 0, errors);
    }

    Problem retryAfter(long seconds) {
        return new Problem(status, detail, seconds, errors);
    }

    HttpReply reply() {
        HttpReply reply = HttpReply.of(status, CONTENT_TYPE, json().toString().getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
        return retryAfter == 0 ? reply : reply.with("Retry-After", Long.toString(retryAfter));
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "urn:lastack:problem:" + title(status).replace(' ', '-'));
        json.put("title", title(status)).put("status", status).put("detail", detail);
        if (retryAfter > 0) {
            json.put("retryAfter", retryAfter);
        }
        if (!errors.isEmpty()) {
            ArrayNode list = json.putArray("errors");
            for (FieldError error : errors) {
                ObjectNode row = list.addObject().put("in", error.in()).put("field", error.field());
                if (error.value() != null) {
                    row.put("value", error.value());
                }
                row.put("allowed", error.allowed());
            }
        }
        return json;
    }

    static String title(int status) {
        return switch (status) {
            case 400 -> "invalid request";
            case 401 -> "not authenticated";
            case 403 -> "forbidden";
            case 404 -> "not found";
            case 405 -> "method not allowed";
            case 409 -> "conflict";
            case 413 -> "too large";
            case 415 -> "unsupported media type";
            case 422 -> "unprocessable";
            case 429 -> "rate limited";
            case 501 -> "not offered by this store";
            case 503 -> "unavailable";
            case 504 -> "no answer in time";
            default -> "failed";
        };
    }
}
