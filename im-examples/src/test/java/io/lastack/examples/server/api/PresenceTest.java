package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.examples.server.api.ApiClient.Reply;
import io.lastack.session.ServerFrame.RoomEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {
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
    void presenceFollowsTheConnections() throws Exception {
        assertThat(state("rosa")).isEqualTo("offline");
        try (var phone = server.phone("rosa")) {
            UsersTest.await(() -> state("rosa").equals("online"));
            assertThat(client.get("/users/rosa/presence").json().path("devices").toString())
                    .isEqualTo("[\"phone\"]");
            Reply online = client.get("/presence?limit=1&after=ros").is(200);
            assertThat(online.json().path("users").toString()).isEqualTo("[\"rosa\"]");
            Reply both = client.post("/presence", "{'users':['rosa','nobody']}").is(200);
            assertThat(both.json().path("presence").findValuesAsText("state")).containsExactly("online", "offline");
            assertThat(phone.isStopped()).isFalse();
        }
        client.post("/presence", "{'users':[]}").is(400);
    }

    @Test
    void aRoomIsSpokenToAndABroadcastReachesWhoIsOnline() throws Exception {
        try (var una = server.phone("una")) {
            una.join("lobby");
            Reply room = client.get("/rooms/lobby").is(200);
            assertThat(room.json().path("count").asInt()).isEqualTo(1);
            assertThat(room.json().path("members").toString()).isEqualTo("[\"una\"]");
            client.post("/rooms/lobby/events", "{'event':'play','sender':'dj','text':'song 7'}")
                    .is(204);
            RoomEvent played = una.nextEvent();
            assertThat(played.room()).isEqualTo("lobby");
            assertThat(played.event()).isEqualTo("play");
            assertThat(played.sender().value()).isEqualTo("dj");
            assertThat(played.payload().toPayload().asText()).isEqualTo("song 7");
            client.post("/broadcasts", "{'event':'notice','body':'AQI='}").is(204);
            RoomEvent notice = una.nextEvent();
            assertThat(notice.room()).isEqualTo("*");
            assertThat(notice.sender()).isEqualTo(ApiServer.SYSTEM);
            assertThat(notice.payload().toPayload().data()).containsExactly(1, 2);
        }
        assertThat(client.get("/rooms/nobody-there")
                        .is(200)
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        for (String body :
                List.of("{}", "{'event':''}", "{'event':'e','text':'a','body':'AA=='}", "{'event':'e','body':'$'}")) {
            client.post("/rooms/lobby/events", body).is(400);
            client.post("/broadcasts", body).is(400);
        }
        client.post("/broadcasts", "{'event':'e','text':'" + "x".repeat(70_000) + "'}")
                .is(413);
    }

    private static String state(String user) {
        return client.get("/users/" + user + "/presence")
                .is(200)
                .json()
                .path("state")
                .asText();
    }
}
