package io.lastack.examples.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What an operation that went well answers with.
 *
 * @param json the body, or null for none
 */
record Answer(@Nullable JsonNode json) {
    static final Answer NOTHING = new Answer(null);

    static Answer of(JsonNode json) {
        return new Answer(json);
    }
}
