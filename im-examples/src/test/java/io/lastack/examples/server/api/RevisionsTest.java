package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.examples.server.api.ApiClient.Reply;
import io.lastack.log.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionsTest {
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
    void anEditChangesTheMessageAndIsToldToDevices() throws Exception {
        send("direct:ann~bob", "first");
        try (var phone = server.phone("bob")) {
            assertThat(phone.next().content().payload().asText()).isEqualTo("first");
            for (int i = 0; i < 2; i++) {
                assertThat(client.post(
                                        "/conversations/direct:ann~bob/messages/1/edit",
                                        "{'by':'ann','text':'second','mentions':['bob']}",
                                        "Idempotency-Key",
                                        "e")
                                .is(200)
                                .seq())
                        .isEqualTo(2);
            }
            Message edit = phone.next();
            assertThat(edit.content().kind()).isEqualTo("edit");
            assertThat(edit.content().revises()).isEqualTo(1);
        }
        JsonNode message = one("direct:ann~bob", 1);
        assertThat(message.path("text").asText()).isEqualTo("second");
        assertThat(message.path("revisedBy").asLong()).isEqualTo(2);
        assertThat(client.get("/users/bob/conversations")
                        .json()
                        .path("conversations")
                        .path(0)
                        .path("mentions")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void aRecalledMessageSaysNothingAnyMore() {
        send("direct:cy~di", "a secret");
        assertThat(client.post("/conversations/direct:cy~di/messages/1/recall", "{}")
                        .is(200)
                        .seq())
                .isEqualTo(2);
        assertThat(one("direct:cy~di", 1).path("kind").asText()).isEqualTo("recalled");
        assertThat(one("direct:cy~di", 2).path("sender").asText()).isEqualTo("robot");
        assertThat(client.get("/conversations/direct:cy~di/messages").raw().body())
                .doesNotContain("secret");
        client.post("/conversations/direct:cy~di/messages/1/edit", "{'text':'back'}")
                .is(409);
        client.post("/conversations/direct:cy~di/messages/1/recall", "{}").is(409);
        client.post("/conversations/direct:cy~di/messages/99/recall", "{}").is(404);
        client.post("/conversations/direct:cy~di/messages/99/edit", "{'text':'x'}")
                .is(404);
        client.post("/conversations/direct:cy~di/messages/1/recall", null).is(400);
    }

    @Test
    void reactionsAreSetAndTakenBack() {
        send("direct:eve~fay", "nice");
        String path = "/conversations/direct:eve~fay/messages/1/reactions";
        client.post(path, "{'by':'eve','emoji':'👍'}").is(200);
        client.post(path, "{'by':'fay','emoji':'❤️'}").is(200);
        Reply both = client.get(path).is(200);
        assertThat(both.json().path("reactions").findValuesAsText("user")).containsExactly("eve", "fay");
        assertThat(both.json().path("reactions").path(0).path("emoji").asText()).isEqualTo("👍");
        client.post(path, "{'by':'eve','emoji':'👍','remove':true}").is(200);
        assertThat(client.get(path).json().path("reactions").findValuesAsText("user"))
                .containsExactly("fay");
        client.post(path, "{'by':'eve','emoji':''}").is(400);
        client.post(path, "{'by':'eve','emoji':'" + "👍".repeat(17) + "'}").is(422);
        client.post(path, "{'emoji':'x'}").is(400);
    }

    private static void send(String conversation, String text) {
        String sender = conversation.substring("direct:".length(), conversation.indexOf('~'));
        client.post(
                        "/messages",
                        "{'conversation':'" + conversation + "','sender':'" + sender + "','text':'" + text + "'}")
                .is(200);
    }

    private static JsonNode one(String conversation, long seq) {
        return client.get("/conversations/" + conversation + "/messages/" + seq)
                .is(200)
                .json();
    }
}
