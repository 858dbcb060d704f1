package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.server.api.ApiClient.Reply;
import io.lastack.log.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {
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
    void aNotificationReachesTheInboxOfEachAndOnlyOnceUnderOneKey() throws Exception {
        String body = "{'receivers':['nina','otto'],'sender':'olga','type':'friend-request','status':'pending',"
                + "'remark':'from school','text':'hi'}";
        try (var phone = server.phone("nina")) {
            Reply first =
                    client.post("/notifications", body, "Idempotency-Key", "f1").is(200);
            assertThat(first.json().path("sent").findValuesAsText("conversation"))
                    .containsExactly("inbox:nina", "inbox:otto");
            Message message = phone.next();
            assertThat(message.content().kind()).isEqualTo("notification");
            assertThat(message.content().type()).isEqualTo("friend-request");
            assertThat(message.content().ext())
                    .containsEntry("status", "pending")
                    .containsEntry("remark", "from school");
        }
        Reply again =
                client.post("/notifications", body, "Idempotency-Key", "f1").is(200);
        assertThat(again.json().path("sent").findValuesAsText("duplicate")).containsExactly("true", "true");
        client.post("/notifications", body).is(200);
        assertThat(client.get("/conversations/inbox:otto/messages").json().path("messages"))
                .hasSize(2);
    }

    @Test
    void aNotificationThatIsNoneIsRefused() {
        client.post("/notifications", "{'receivers':[],'type':'x'}").is(400);
        client.post("/notifications", "{'receivers':['a'],'type':'No Type'}").is(400);
        client.post("/notifications", "{'receivers':['a']}").is(400);
        client.post("/notifications", "{'receivers':['a'],'type':'x','text':'" + "x".repeat(70_000) + "'}")
                .is(413);
        assertThat(client.get("/conversations/inbox:a/messages").json().path("messages"))
                .isEmpty();
    }

    @Test
    void everybodyOnlineIsNotifiedOnce() throws Exception {
        String body = "{'type':'maintenance','text':'at noon'}";
        try (var pat = server.phone("pat");
                var ray = server.phone("ray")) {
            UsersTest.await(() -> client.get("/presence").json().path("online").asInt() >= 2);
            assertThat(client.post("/notifications/online", body, "Idempotency-Key", "m")
                            .is(200)
                            .json()
                            .path("receivers")
                            .asInt())
                    .isGreaterThanOrEqualTo(2);
            client.post("/notifications/online", body, "Idempotency-Key", "m").is(200);
            assertThat(pat.next().content().type()).isEqualTo("maintenance");
            assertThat(ray.next().content().type()).isEqualTo("maintenance");
        }
        assertThat(client.get("/conversations/inbox:pat/messages").json().path("messages"))
                .hasSize(1);
        client.post("/notifications/online", "{'text':'of no type'}").is(400);
    }

    @Test
    void aStatusChangesAndItsSenderIsTold() throws Exception {
        client.post("/notifications", "{'receivers':['sue'],'sender':'tim','type':'friend-request','status':'pending'}")
                .is(200);
        try (var tim = server.phone("tim")) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.put(
                                        "/users/sue/notifications/1/status",
                                        "{'status':'accepted','by':'sue'}",
                                        "Idempotency-Key",
                                        "s")
                                .is(200)
                                .seq())
                        .isEqualTo(2);
            }
            Message told = tim.next();
            assertThat(told.content().ext())
                    .containsEntry("status", "accepted")
                    .containsEntry("answers", "inbox:sue/1");
        }
        assertThat(client.get("/conversations/inbox:sue/messages/1")
                        .json()
                        .path("ext")
                        .path("status")
                        .asText())
                .isEqualTo("accepted");
        client.put("/users/sue/notifications/99/status", "{'status':'accepted'}")
                .is(404);
        client.put("/users/sue/notifications/1/status", "{}").is(400);
    }
}
