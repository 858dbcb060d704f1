package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.examples.server.api.ApiClient.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
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
    void aGroupIsCreatedAndSeen() {
        Reply created = client.post(
                        "/groups",
                        "{'owner':'ann','name':'Trip','group':'trip','members':['bob','cy'],'history':'all'}")
                .is(201);
        assertThat(created.json().path("conversation").asText()).isEqualTo("group:trip");
        assertThat(created.json().path("members").asInt()).isEqualTo(3);
        JsonNode group = client.get("/groups/trip").is(200).json();
        assertThat(group.path("name").asText()).isEqualTo("Trip");
        assertThat(group.path("history").asText()).isEqualTo("all");
        client.post("/groups", "{'owner':'ann','name':'Trip','group':'trip'}").is(409);
        client.get("/groups/no-such-group").is(404);
    }

    @Test
    void creatingAgainUnderTheSameKeyMakesOneGroup() {
        String body = "{'owner':'ann','name':'Drawn'}";
        String first = client.post("/groups", body, "Idempotency-Key", "k")
                .is(201)
                .json()
                .path("conversation")
                .asText();
        String again = client.post("/groups", body, "Idempotency-Key", "k")
                .is(201)
                .json()
                .path("conversation")
                .asText();
        assertThat(again).isEqualTo(first);
        assertThat(client.post("/groups", body)
                        .is(201)
                        .json()
                        .path("conversation")
                        .asText())
                .isNotEqualTo(first);
    }

    @Test
    void everyChangeIsAnEntryOfTheLogInTheNameThatWasGiven() {
        client.post("/groups", "{'owner':'ann','name':'Old','group':'log','members':['bob']}")
                .is(201);
        assertThat(client.put("/groups/log/name", "{'name':'New','by':'ann'}")
                        .is(200)
                        .seq())
                .isEqualTo(2);
        assertThat(client.post("/groups/log/members", "{'users':['cy','di']}")
                        .is(200)
                        .seq())
                .isEqualTo(3);
        assertThat(client.put("/groups/log/members/cy/role", "{'role':'admin'}")
                        .is(200)
                        .seq())
                .isEqualTo(4);
        assertThat(client.delete("/groups/log/members/bob?by=cy").is(200).seq()).isEqualTo(5);
        assertThat(client.get("/groups/log").json().path("name").asText()).isEqualTo("New");
        assertThat(client.get("/groups/log/members").json().path("members").toString())
                .isEqualTo("[{\"user\":\"ann\",\"role\":\"owner\",\"joinedSeq\":1,\"mutedUntil\":0},"
                        + "{\"user\":\"cy\",\"role\":\"admin\",\"joinedSeq\":3,\"mutedUntil\":0},"
                        + "{\"user\":\"di\",\"role\":\"member\",\"joinedSeq\":3,\"mutedUntil\":0}]");
        JsonNode log = client.get("/conversations/group:log/messages").json().path("messages");
        assertThat(log.findValuesAsText("sender")).containsExactly("ann", "ann", "robot", "robot", "cy");
        assertThat(log.findValuesAsText("change")).containsExactly("created", "renamed", "joined", "role", "removed");
    }

    @Test
    void aChangeUnderTheSameKeyIsMadeOnce() {
        client.post("/groups", "{'owner':'ann','name':'Once','group':'once'}").is(201);
        for (int i = 0; i < 2; i++) {
            assertThat(client.post("/groups/once/members", "{'users':['bob']}", "Idempotency-Key", "a")
                            .is(200)
                            .seq())
                    .isEqualTo(2);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(client.put("/groups/once/name", "{'name':'Twice'}", "Idempotency-Key", "b")
                            .is(200)
                            .seq())
                    .isEqualTo(3);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(client.delete("/groups/once", "Idempotency-Key", "c")
                            .is(200)
                            .seq())
                    .isEqualTo(4);
        }
    }

    @Test
    void aDissolvedGroupTakesNothingMore() {
        client.post("/groups", "{'owner':'ann','name':'End','group':'end'}").is(201);
        client.delete("/groups/end?by=ann").is(200);
        assertThat(client.get("/groups/end").is(200).json().path("dissolved").asBoolean())
                .isTrue();
        client.delete("/groups/end").is(409);
        client.put("/groups/end/name", "{'name':'x'}").is(409);
        client.post("/messages", "{'conversation':'group:end','text':'x'}").is(409);
    }

    @Test
    void aGroupHasAttributesAHistoryAndAnOwnerThatChange() {
        client.post("/groups", "{'owner':'ann','name':'A','group':'more','members':['bob']}")
                .is(201);
        for (int i = 0; i < 2; i++) {
            assertThat(client.put(
                                    "/groups/more/attributes",
                                    "{'attributes':{'topic':'sea','colour':'blue'}}",
                                    "Idempotency-Key",
                                    "a")
                            .is(200)
                            .seq())
                    .isEqualTo(2);
        }
        assertThat(client.put("/groups/more/history", "{'history':'all'}")
                        .is(200)
                        .seq())
                .isEqualTo(3);
        assertThat(client.put("/groups/more/owner", "{'owner':'bob','by':'ann'}")
                        .is(200)
                        .seq())
                .isEqualTo(4);
        JsonNode group = client.get("/groups/more").json();
        assertThat(group.path("attributes").toString()).isEqualTo("{\"colour\":\"blue\",\"topic\":\"sea\"}");
        assertThat(group.path("history").asText()).isEqualTo("all");
        assertThat(client.get("/groups/more/members").json().path("members").findValuesAsText("role"))
                .containsExactly("admin", "owner");
        client.put("/groups/more/attributes", "{'attributes':{'a b':'x'}}").is(400);
        client.put("/groups/more/owner", "{'owner':'bob','by':'bob'}").is(400);
    }

    @Test
    void aMemberIsMutedAndHeardAgain() {
        client.post("/groups", "{'owner':'ann','name':'M','group':'muting','members':['bob']}")
                .is(201);
        client.put("/groups/muting/members/bob/mute", "{'until':4102444800000}").is(200);
        assertThat(client.get("/groups/muting/members")
                        .json()
                        .path("members")
                        .path(1)
                        .path("mutedUntil")
                        .asLong())
                .isEqualTo(4_102_444_800_000L);
        client.put("/groups/muting/members/bob/mute", "{'until':0}").is(200);
        assertThat(client.get("/groups/muting/members")
                        .json()
                        .path("members")
                        .path(1)
                        .path("mutedUntil")
                        .asLong())
                .isZero();
        client.put("/groups/muting/members/bob/mute", "{'until':-1}").is(400);
    }

    @Test
    void membersComeInPages() {
        client.post("/groups", "{'owner':'a','name':'Many','group':'many','members':['b','c','d']}")
                .is(201);
        Reply first = client.get("/groups/many/members?limit=3").is(200);
        assertThat(first.json().path("members").findValuesAsText("user")).containsExactly("a", "b", "c");
        Reply rest = client.get("/groups/many/members?limit=3&after="
                        + first.json().path("next").asText())
                .is(200);
        assertThat(rest.json().path("members").findValuesAsText("user")).containsExactly("d");
        assertThat(rest.json().has("next")).isFalse();
    }

    @Test
    void whatIsNotThereIs404() {
        client.get("/groups/none/members").is(404);
        client.put("/groups/none/name", "{'name':'x'}").is(404);
        client.post("/groups/none/members", "{'users':['a']}").is(404);
        client.delete("/groups/none/members/a").is(404);
        client.delete("/groups/none").is(404);
        client.post("/groups", "{'owner':'ann','name':'R','group':'roles'}").is(201);
        client.put("/groups/roles/members/stranger/role", "{'role':'admin'}").is(404);
        client.put("/groups/roles/members/ann/role", "{'role':'king'}").is(400);
    }
}
