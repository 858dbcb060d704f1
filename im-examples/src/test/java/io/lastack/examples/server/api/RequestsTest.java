package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.server.api.ApiClient.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
    @TempDir
    static Path directory;

    private static ApiServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        server = ApiServer.start(directory);
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aProblemSaysWhichFieldWhichValueAndWhatIsAllowed() {
        Reply reply = client.get("/groups/g/members?limit=5000").is(400);
        assertThat(reply.raw().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:lastack:problem:invalid-request");
        assertThat(reply.json().path("title").asText()).isEqualTo("invalid request");
        assertThat(reply.json().path("status").asInt()).isEqualTo(400);
        var error = reply.json().path("errors").path(0);
        assertThat(error.path("in").asText()).isEqualTo("query");
        assertThat(error.path("field").asText()).isEqualTo("limit");
        assertThat(error.path("value").asText()).isEqualTo("5000");
        assertThat(error.path("allowed").asText()).contains("1000");
        assertThat(reply.detail()).contains("limit (query) is 5000");
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnce() {
        Reply reply = client.post("/groups", "{'owner':'not an id','members':['a',7],'unknown':1}")
                .is(400);
        assertThat(reply.json().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("/owner", "/name", "/members/1", "/unknown");
    }

    @Test
    void whatAMessageSaysIsRepeatedInNoProblem() {
        for (String body : List.of(
                "{'conversation':'group:g','text':7777777}",
                "{'conversation':'group:g','ext':{'k':7777777}}",
                "{'conversation':'group:g','body':'7777777$'}",
                "{'conversation':'group:g','text':'7777777'} 7777777",
                "{'conversation':'group:g','text':'7777777")) {
            Reply reply = client.post("/messages", body).is(400);
            assertThat(reply.raw().body()).as(body).doesNotContain("7777777");
        }
    }

    @Test
    void parametersAreTakenOnceAndAsWhatTheyAre() {
        client.get("/presence?limit=1&limit=2").is(400);
        client.get("/presence?limit=").is(400);
        client.get("/presence?limit=1.5").is(400);
        client.get("/presence?limit=99999999999999999999").is(400);
        client.get("/presence?limit=0").is(400);
        client.get("/conversations/group:g/messages?after=1&before=2").is(400);
        client.get("/conversations/group:g/messages/0").is(400);
        client.get("/conversations/nothing:g/messages").is(400);
        client.get("/conversations/direct:b~a/messages").is(400);
        client.get("/users/%C3%BC/presence").is(400);
        client.get("/users/%FF/presence").is(400);
        client.get("/users/a%2Fb/presence").is(400);
    }

    @Test
    void aPathIsDecodedAndAPlusIsAPlus() {
        assertThat(client.get("/users/a%40b+c/presence")
                        .is(200)
                        .json()
                        .path("user")
                        .asText())
                .isEqualTo("a@b+c");
        client.get("/conversations/direct%3Aa%7Eb/messages").is(200);
    }

    @Test
    void aBodyIsAJsonObjectAndNothingElse() {
        for (String body : List.of("", "[]", "7", "null", "{", "{'name':'a','name':'b'}", "{}{}", "\u0000")) {
            Reply reply = client.post("/groups", body);
            assertThat(reply.status()).as(body).isEqualTo(400);
        }
        assertThat(client.call("DELETE", "/users/nobody", "{}").is(400).detail())
                .contains("takes no body");
    }

    @Test
    void aBodyOfAnotherTypeIsRefusedWith415() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1")) {
            Reply reply = send("/groups", "{}", type).is(415);
            assertThat(reply.detail()).contains("application/json");
        }
        send("/groups", "{}", "Application/JSON; charset=UTF-8").is(400);
        assertThat(send("/groups", "{}", null).is(415).detail()).contains("missing");
    }

    private static Reply send(String path, String body, String type) {
        HttpRequest.Builder request = client.request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return client.checked("POST", path, ApiClient.exchange(request.build()));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWith413() {
        String body = "{'conversation':'group:g','text':'" + "x".repeat(HttpApi.MAX_BODY) + "'}";
        assertThat(client.post("/messages", body).is(413).detail()).contains("262144");
        // A body that fits, but holds a message that the engine does not take.
        client.post("/messages", "{'conversation':'user:bob','text':'" + "x".repeat(70_000) + "'}")
                .is(413);
    }

    @Test
    void aPathThatIsNotThereIs404AndAMethodThatIsNotAllowedIs405() {
        for (String path : List.of("/nothing", "/", "/groups/", "/groups/g/", "/groups//members", "/users/u")) {
            HttpResponse<String> answer =
                    ApiClient.exchange(client.request(path).build());
            assertThat(answer.statusCode()).as(path).isEqualTo(path.equals("/users/u") ? 405 : 404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        HttpResponse<String> patch = ApiClient.exchange(client.request("/groups/g")
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(patch.statusCode()).isEqualTo(405);
        assertThat(patch.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, OPTIONS");
    }

    @Test
    void aHeadIsAGetWithoutItsBody() {
        HttpResponse<String> get =
                ApiClient.exchange(client.request("/users/ann/presence").build());
        HttpResponse<String> head = ApiClient.exchange(client.request("/users/ann/presence")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @Test
    void aKeyThatIsNoClientMessageIdIsRefused() {
        String body = "{'conversation':'user:bob','text':'hi'}";
        assertThat(client.post("/messages", body, "Idempotency-Key", "k".repeat(65))
                        .is(400)
                        .detail())
                .contains("Idempotency-Key", "65");
        client.post("/messages", body, "Idempotency-Key", "a", "Idempotency-Key", "b")
                .is(400);
        client.post("/messages", body, "Idempotency-Key", "").is(400);
    }
}
