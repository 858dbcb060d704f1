package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.transport.tyrus.http.HttpBody;
import org.jspecify.annotations.Nullable;

/**
 * What an operation that went well answers with.
 *
 * @param json the body, or null for none
 * @param stream writes another body than JSON; null for none
 */
record Answer(@Nullable JsonNode json, @Nullable HttpBody stream) {
    static final Answer NOTHING = new Answer(null, null);

    static Answer of(JsonNode json) {
        return new Answer(json, null);
    }

    static Answer stream(HttpBody body) {
        return new Answer(null, body);
    }
}
