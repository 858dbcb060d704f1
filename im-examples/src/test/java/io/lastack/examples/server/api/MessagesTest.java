package io.lastack.examples.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lastack.examples.server.api.ApiClient.Reply;
import io.lastack.log.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesTest {
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
    void aMessageSentHereArrivesAtADeviceOverWebSocket() throws Exception {
        try (var phone = server.phone("ada")) {
            Reply sent = client.post("/messages", "{'conversation':'user:ada','sender':'bert','text':'hello'}")
                    .is(200);
            Message message = phone.next();
            assertThat(message.conversation().value()).isEqualTo("direct:ada~bert");
            assertThat(message.seq()).isEqualTo(sent.seq());
            assertThat(message.sender().value()).isEqualTo("bert");
            assertThat(message.content().payload().asText()).isEqualTo("hello");
        }
    }

    @Test
    void aMessageInNobodysNameIsTheSystems() {
        Reply sent = client.post("/messages", "{'conversation':'user:carl','text':'welcome'}")
                .is(200);
        assertThat(sent.json().path("conversation").asText()).isEqualTo("direct:carl~robot");
        assertThat(one("direct:carl~robot", 1).path("sender").asText()).isEqualTo("robot");
    }

    @Test
    void sendingAgainUnderTheSameKeyIsHarmlessAndGetsTheFirstAnswer() {
        String body = "{'conversation':'user:dora','text':'once'}";
        Reply first =
                client.post("/messages", body, "Idempotency-Key", "order 7").is(200);
        Reply again =
                client.post("/messages", body, "Idempotency-Key", "order 7").is(200);
        assertThat(first.json().path("duplicate").asBoolean()).isFalse();
        assertThat(again.json().path("duplicate").asBoolean()).isTrue();
        assertThat(again.seq()).isEqualTo(first.seq());
        assertThat(again.json().path("sentAt")).isEqualTo(first.json().path("sentAt"));
        assertThat(one("direct:dora~robot", first.seq()).path("clientMessageId").asText())
                .isEqualTo("order 7");
        assertThat(client.post("/messages", body, "Idempotency-Key", "order 8")
                        .is(200)
                        .seq())
                .isEqualTo(first.seq() + 1);
    }

    @Test
    void everythingThatAMessageMayHaveIsKept() {
        client.post("/messages", "{'conversation':'direct:eva~finn','sender':'eva','text':'first'}")
                .is(200);
        client.post(
                        "/messages",
                        "{'conversation':'direct:eva~finn','sender':'finn','kind':'x-note','type':'image','body':'AAEC/w==',"
                                + "'ext':{'a':'1','b':''},'replyTo':1,'mentions':['eva']}")
                .is(200);
        JsonNode message = one("direct:eva~finn", 2);
        assertThat(message.path("kind").asText()).isEqualTo("x-note");
        assertThat(message.path("type").asText()).isEqualTo("image");
        assertThat(message.path("body").asText()).isEqualTo("AAEC/w==");
        assertThat(message.path("ext").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"\"}");
        assertThat(message.path("replyTo").asLong()).isEqualTo(1);
        assertThat(message.path("mentions").toString()).isEqualTo("[\"eva\"]");
    }

    @Test
    void whatMakesNoMessageIsRefusedAndNothingIsStored() {
        for (String body : List.of(
                "{'text':'to nobody'}",
                "{'conversation':'user:gina','text':'a','body':'AA=='}",
                "{'conversation':'user:gina','kind':'membership'}",
                "{'conversation':'user:robot','text':'to itself'}",
                "{'conversation':'user:gina','replyTo':0}",
                "{'conversation':'user:gina','mentions':['a','a']}",
                "{'conversation':'user:gina','type':'strange'}",
                "{'conversation':'inbox:gina','text':'no'}")) {
            Reply reply = client.post("/messages", body);
            assertThat(reply.status()).as(body).isIn(400, 422);
        }
        client.post("/messages", "{'conversation':'group:no-such-group','text':'a'}")
                .is(404);
        assertThat(seqs(client.get("/conversations/direct:gina~robot/messages")))
                .isEmpty();
    }

    @Test
    void historyIsReadInPagesFromEitherEnd() {
        for (int i = 1; i <= 7; i++) {
            client.post("/messages", "{'conversation':'user:hugo','text':'" + i + "'}")
                    .is(200);
        }
        String path = "/conversations/direct:hugo~robot/messages";
        assertThat(seqs(client.get(path))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        Reply newest = client.get(path + "?limit=3");
        assertThat(seqs(newest)).containsExactly(5L, 6L, 7L);
        assertThat(newest.json().path("more").asBoolean()).isTrue();
        Reply older = client.get(path + "?limit=3&before=5");
        assertThat(seqs(older)).containsExactly(2L, 3L, 4L);
        Reply oldest = client.get(path + "?limit=3&before=2");
        assertThat(seqs(oldest)).containsExactly(1L);
        assertThat(oldest.json().path("more").asBoolean()).isFalse();
        Reply after = client.get(path + "?limit=3&after=0");
        assertThat(seqs(after)).containsExactly(1L, 2L, 3L);
        assertThat(after.json().path("more").asBoolean()).isTrue();
        Reply last = client.get(path + "?limit=3&after=4");
        assertThat(seqs(last)).containsExactly(5L, 6L, 7L);
        assertThat(last.json().path("more").asBoolean()).isFalse();
        assertThat(seqs(client.get(path + "?after=7"))).isEmpty();
        assertThat(seqs(client.get("/conversations/group:none/messages"))).isEmpty();
    }

    @Test
    void oneEntryIsReadAndOneThatIsNotThereIs404() {
        client.post("/messages", "{'conversation':'user:ines','text':'here'}").is(200);
        assertThat(one("direct:ines~robot", 1).path("text").asText()).isEqualTo("here");
        client.get("/conversations/direct:ines~robot/messages/2").is(404);
        client.get("/conversations/direct:ines~nobody/messages/1").is(404);
    }

    @Test
    void receiptsTellWhoHasReadAndWhoHasNot() {
        client.post("/groups", "{'owner':'jan','name':'r','group':'readers','members':['kim']}")
                .is(201);
        long seq = client.post("/messages", "{'conversation':'group:readers','sender':'jan','text':'read me'}")
                .seq();
        Reply reply = client.get("/conversations/group:readers/messages/" + seq + "/receipts")
                .is(200);
        assertThat(reply.json().path("readBy")).isEmpty();
        assertThat(reply.json().path("unreadBy").toString()).isEqualTo("[\"kim\"]");
        assertThat(reply.json().path("deliveredTo")).isEmpty();
        client.get("/conversations/group:readers/messages/99/receipts").is(404);
    }

    private static JsonNode one(String conversation, long seq) {
        return client.get("/conversations/" + conversation + "/messages/" + seq)
                .is(200)
                .json();
    }

    private static List<Long> seqs(Reply page) {
        page.is(200);
        return StreamSupport.stream(page.json().path("messages").spliterator(), false)
                .map(message -> message.path("seq").asLong())
                .toList();
    }
}
