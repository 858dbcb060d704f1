package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.examples.server.api.ApiClient.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
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
    void sessionsAreListedInPagesAndByUser() throws Exception {
        try (var ann = server.phone("ann");
                var bob = server.phone("bob")) {
            UsersTest.await(() -> sessions("ann").size() + sessions("bob").size() == 2);
            JsonNode session = sessions("ann").path(0);
            assertThat(session.path("user").asText()).isEqualTo("ann");
            assertThat(session.path("device").asText()).isEqualTo("phone");
            assertThat(session.path("connectedAt").asLong()).isPositive();
            Reply first = client.get("/sessions?limit=1").is(200);
            assertThat(first.json().path("count").asInt()).isGreaterThanOrEqualTo(2);
            Reply second = client.get("/sessions?limit=1&after="
                            + first.json().path("next").asText())
                    .is(200);
            assertThat(second.json().path("sessions").path(0).path("session").asText())
                    .isGreaterThan(first.json().path("next").asText());
            assertThat(ann.isStopped() || bob.isStopped()).isFalse();
        }
    }

    @Test
    void aSessionADeviceOrAUserIsClosed() throws Exception {
        for (String path :
                new String[] {"/sessions/{session}", "/users/kim/devices/phone/sessions", "/users/kim/sessions"}) {
            try (var phone = server.phone("kim")) {
                UsersTest.await(() -> sessions("kim").size() == 1);
                String session = sessions("kim").path(0).path("session").asText();
                Reply closed = client.delete(path.replace("{session}", session) + "?reason=moved")
                        .is(200);
                assertThat(closed.json().path("closed").asInt()).isEqualTo(1);
                UsersTest.await(() -> sessions("kim").isEmpty());
                UsersTest.await(phone::isStopped);
            }
        }
        client.delete("/sessions/none").is(404);
        assertThat(client.delete("/users/nobody/sessions")
                        .is(200)
                        .json()
                        .path("closed")
                        .asInt())
                .isZero();
        client.delete("/users/kim/sessions?reason=" + "x".repeat(124)).is(400);
        client.delete("/users/kim/sessions?reason=" + "%C3%BC".repeat(62)).is(400);
    }

    @Test
    void revokedTokensAreRefusedAndTheirSessionsClosed() throws Exception {
        try (var phone = server.phone("lea")) {
            UsersTest.await(() -> sessions("lea").size() == 1);
            assertThat(client.post("/users/lea/revocations", "{'device':'tablet'}")
                            .is(200)
                            .json()
                            .path("closed")
                            .asInt())
                    .isZero();
            assertThat(client.post("/users/lea/revocations", "{}")
                            .is(200)
                            .json()
                            .path("closed")
                            .asInt())
                    .isEqualTo(1);
            // The client tries the same token again, and stops when it is refused.
            UsersTest.await(phone::isStopped);
            assertThat(sessions("lea")).isEmpty();
        }
        client.post("/users/lea/revocations", "{'before':-1}").is(400);
    }

    private static JsonNode sessions(String user) {
        return client.get("/users/" + user + "/sessions").is(200).json().path("sessions");
    }
}
