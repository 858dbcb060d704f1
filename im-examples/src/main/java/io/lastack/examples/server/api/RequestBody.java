package io.lastack.examples.server.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lastack.transport.tyrus.http.HttpCall;
import java.io.IOException;
import java.util.Locale;

/** Reads the JSON of a request, strictly. */
final class RequestBody {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestBody() {}

    static JsonNode read(Operation operation, HttpCall call) {
        byte[] body = call.body();
        if (body.length > HttpApi.MAX_BODY) {
            throw new ProblemException(Problem.of(
                    413, "the body has " + body.length + " bytes; at most " + HttpApi.MAX_BODY + " are allowed"));
        }
        if (body.length == 0) {
            throw new ProblemException(Problem.of(400, operation.id() + " needs a body of JSON"));
        }
        requireJson(call.header("Content-Type").orElse(""));
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // The parser's own words may repeat what a message says; the place is enough.
            JsonLocation at = e.getLocation();
            throw new ProblemException(Problem.of(
                    400,
                    "the body is not JSON, or has a field twice"
                            + (at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr())));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(400, "the body is not JSON in UTF-8"));
        }
        if (!json.isObject()) {
            throw new ProblemException(Problem.of(400, "the body is not a JSON object"));
        }
        return json;
    }

    private static void requireJson(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
        if (!type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
            throw new ProblemException(Problem.of(
                    415,
                    "Content-Type is " + (contentType.isEmpty() ? "missing" : contentType)
                            + "; application/json is expected"));
        }
    }
}
