package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.examples.server.api.ApiClient.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
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
    void conversationsComeInPagesWithWhatIsUnread() {
        client.post("/groups", "{'owner':'pia','name':'G','group':'pias'}").is(201);
        client.post("/messages", "{'conversation':'group:pias','text':'1'}").is(200);
        client.post("/messages", "{'conversation':'direct:pia~quin','sender':'quin','text':'1'}")
                .is(200);
        client.post("/messages", "{'conversation':'direct:pia~quin','sender':'quin','text':'2'}")
                .is(200);
        client.post("/messages", "{'conversation':'direct:pia~quin','sender':'pia','text':'3'}")
                .is(200);
        Reply first = client.get("/users/pia/conversations?limit=1").is(200);
        JsonNode direct = first.json().path("conversations").path(0);
        assertThat(direct.path("conversation").asText()).isEqualTo("direct:pia~quin");
        assertThat(direct.path("unread").asLong()).isEqualTo(2);
        assertThat(direct.path("lastSeq").asLong()).isEqualTo(3);
        Reply rest = client.get("/users/pia/conversations?after="
                        + first.json().path("next").asText())
                .is(200);
        JsonNode group = rest.json().path("conversations").path(0);
        assertThat(group.path("name").asText()).isEqualTo("G");
        assertThat(group.path("role").asText()).isEqualTo("owner");
        assertThat(group.path("unread").asLong()).isEqualTo(1);
        assertThat(group.path("member").asBoolean()).isTrue();
        assertThat(rest.json().has("next")).isFalse();
        client.delete("/groups/pias/members/pia").is(200);
        assertThat(client.get("/users/pia/conversations")
                        .json()
                        .path("conversations")
                        .path(1)
                        .path("member")
                        .asBoolean())
                .isFalse();
        assertThat(client.get("/users/nobody/conversations").is(200).json().path("conversations"))
                .isEmpty();
        client.get("/users/pia/conversations?after=nothing").is(400);
    }

    @Test
    void conversationsAreShownAsTheirUserWantsAndReadAtOnce() {
        client.post("/messages", "{'conversation':'direct:xia~yan','sender':'yan','text':'1'}")
                .is(200);
        client.put("/users/xia/conversations/direct:xia~yan/settings", "{'pinned':true,'mutedUntil':4102444800000}")
                .is(200);
        JsonNode row = client.get("/users/xia/conversations")
                .json()
                .path("conversations")
                .path(0);
        assertThat(row.path("settings").toString())
                .isEqualTo("{\"mutedUntil\":4102444800000,\"pinned\":true,\"archived\":false}");
        assertThat(row.path("unread").asLong()).isEqualTo(1);
        assertThat(client.post("/users/xia/read", null)
                        .is(200)
                        .json()
                        .path("conversations")
                        .asInt())
                .isPositive();
        assertThat(client.get("/users/xia/conversations")
                        .json()
                        .path("conversations")
                        .findValuesAsText("unread"))
                .containsOnly("0");
        assertThat(client.get("/conversations/direct:xia~yan/messages/1/receipts")
                        .json()
                        .path("readBy")
                        .findValuesAsText("user"))
                .containsExactly("xia");
        client.put("/users/xia/conversations/direct:xia~yan/settings", "{'pinned':'yes'}")
                .is(400);
    }

    @Test
    void aConversationIsMarkedAsReadUpToAMessageOrToItsEnd() {
        for (int i = 0; i < 3; i++) {
            client.post("/messages", "{'conversation':'direct:quin~rosa','sender':'quin','text':'x'}")
                    .is(200);
        }
        String read = "/users/rosa/conversations/direct:quin~rosa/read";
        assertThat(client.post(read, "{'seq':2}")
                        .is(200)
                        .json()
                        .path("lastRead")
                        .asLong())
                .isEqualTo(2);
        JsonNode row = client.get("/users/rosa/conversations")
                .json()
                .path("conversations")
                .path(0);
        assertThat(row.path("unread").asLong()).isEqualTo(1);
        assertThat(client.post(read, "{}").is(200).json().path("lastRead").asLong())
                .isEqualTo(3);
        assertThat(client.post(read, "{'seq':1}")
                        .is(200)
                        .json()
                        .path("lastRead")
                        .asLong())
                .as("it does not go back")
                .isEqualTo(3);
        assertThat(client.post(read, "{'seq':4}").is(422).detail()).contains("0 to 3");
        client.post("/users/nobody/conversations/direct:quin~rosa/read", "{}").is(404);
    }

    @Test
    void whoIsBlockedIsListedUntilUnblocked() {
        client.put("/users/zoe/blocked/adam", null).is(200);
        client.put("/users/zoe/blocked/bert", null).is(200);
        Reply first = client.get("/users/zoe/blocked?limit=1").is(200);
        assertThat(first.json().path("users").toString()).isEqualTo("[\"adam\"]");
        assertThat(client.get("/users/zoe/blocked?after="
                                + first.json().path("next").asText())
                        .json()
                        .path("users")
                        .toString())
                .isEqualTo("[\"bert\"]");
        client.delete("/users/zoe/blocked/adam").is(200);
        assertThat(client.get("/users/zoe/blocked").json().path("users").toString())
                .isEqualTo("[\"bert\"]");
        client.put("/users/zoe/blocked/zoe", null).is(400);
    }

    @Test
    void everythingThatIsKeptOfAUserIsExportedLineByLine() throws Exception {
        client.post("/groups", "{'owner':'wim','name':'W','group':'wims'}").is(201);
        for (int i = 0; i < 300; i++) {
            client.post("/messages", "{'conversation':'group:wims','sender':'wim','text':'said " + i + " ü'}")
                    .is(200);
        }
        client.post("/notifications", "{'receivers':['wim'],'type':'x','text':'told'}")
                .is(200);
        Reply export = client.get("/users/wim/export").is(200);
        List<String> lines = export.raw().body().lines().toList();
        for (String line : lines) {
            assertThat(ApiClient.JSON.readTree(line).isObject()).as(line).isTrue();
        }
        assertThat(lines.stream().filter(line -> line.contains("said "))).hasSize(300);
        assertThat(export.raw().body()).contains("said 299 ü", "told", "group:wims");
        client.get("/users/nobody/export").is(200);
    }

    @Test
    void anErasedUserHasNothingLeft() {
        client.post("/messages", "{'conversation':'direct:sam~tom','sender':'sam','text':'secret'}")
                .is(200);
        client.post("/notifications", "{'receivers':['sam'],'type':'x','text':'secret'}")
                .is(200);
        client.delete("/users/sam").is(204);
        client.delete("/users/sam").is(204);
        assertThat(client.get("/users/sam/conversations").json().path("conversations"))
                .isEmpty();
        assertThat(client.get("/conversations/direct:sam~tom/messages").raw().body())
                .doesNotContain("secret");
        assertThat(client.get("/conversations/inbox:sam/messages").json().path("messages"))
                .isEmpty();
    }

    @Test
    void theBeginningOfAConversationIsDeleted() {
        for (int i = 0; i < 5; i++) {
            client.post("/messages", "{'conversation':'direct:uma~vic','sender':'uma','text':'x'}")
                    .is(200);
        }
        assertThat(client.delete("/conversations/direct:uma~vic/messages")
                        .is(400)
                        .detail())
                .contains("through");
        assertThat(client.delete("/conversations/direct:uma~vic/messages?through=3")
                        .is(200)
                        .json()
                        .path("trimmedThrough")
                        .asLong())
                .isEqualTo(3);
        assertThat(client.get("/conversations/direct:uma~vic/messages?after=0")
                        .json()
                        .path("messages")
                        .findValuesAsText("seq"))
                .containsExactly("4", "5");
        assertThat(client.post("/retention/sweep", null)
                        .is(200)
                        .json()
                        .path("messages")
                        .asLong())
                .isZero();
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 30 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
