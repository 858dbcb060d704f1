package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are not ours talk to the running jar, in both codecs. */
class ChatIT {
    @TempDir
    static Path directory;

    static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<WireCodec> codecs() {
        return Stream.of(WireCodec.JSON, WireCodec.PROTO);
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void tenThousandMessagesThatCameWhileAwayArriveOnceInOrderWithAtMostAHundredAckFrames(WireCodec codec) {
        String a = "alice-" + codec.isBinary();
        String b = "bob-" + codec.isBinary();
        String chat = "direct:" + a + "~" + b;
        WireClient alice = WireClient.join(server, codec, a, "web", true);
        WireClient bob = WireClient.join(server, codec, b, "phone", true);
        alice.await(alice.send("user:" + b, "first", "hello"));
        bob.awaitCount(chat, 1);
        bob.await(bob.send("user:" + a, "answer", "hello yourself"));
        alice.awaitCount(chat, 2);
        bob.flushAcks();
        bob.await(bob.request(ClientFrame.Ping::new));
        bob.cut();

        List<Long> requests = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            requests.add(alice.send("user:" + b, "m" + i, "message number " + i));
            if (i % 500 == 499) {
                alice.await(requests.get(i));
            }
        }
        alice.awaitCount(chat, 10_002);

        WireClient back = WireClient.join(server, codec, b, "phone", true);
        back.awaitCount(chat, 10_000);
        back.flushAcks();
        back.await(back.request(ClientFrame.Ping::new));

        assertThat(back.seqs(chat)).isEqualTo(seqs(3, 10_002));
        assertThat(back.ackFrames).isLessThanOrEqualTo(100);
        assertThat(alice.seqs(chat)).isEqualTo(seqs(1, 10_002));
        System.out.printf(
                "%s: 10,000 messages after an absence: each once, in order, %d ack frames%n",
                codec.subprotocol(), back.ackFrames);
        alice.cut();
        back.cut();
    }

    @Test
    void theExampleOfTheProtocolPageWorksLetterByLetter() {
        WireClient alice = WireClient.connect(server.socket(), WireCodec.JSON);
        alice.raw(("{\"frames\":[{\"requestId\":1,\"hello\":{\"token\":\"" + server.login("ann")
                        + "\",\"deviceId\":\"web-1\",\"resume\":[]}}]}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        alice.await(1);
        alice.raw(
                "{\"frames\":[{\"requestId\":2,\"send\":{\"conversation\":\"user:ben\",\"clientMessageId\":\"a-1\",\"type\":\"text\",\"text\":\"hi\"}}]}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Result.Send sent = (Result.Send) alice.await(2).result();
        assertThat(sent.conversation().value()).isEqualTo("direct:ann~ben");
        assertThat(sent.seq()).isEqualTo(1);
        assertThat(sent.duplicate()).isFalse();
        alice.raw("{\"frames\":[{\"ack\":{\"positions\":[{\"conversation\":\"direct:ann~ben\",\"seq\":1}]}}]}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        alice.await(alice.request(ClientFrame.Ping::new));
        assertThat(alice.all(ServerFrame.Error.class)).isEmpty();
        alice.cut();
    }

    @Test
    void theSameClientMessageIdSentAHundredTimesAtOnceAndAgainAfterARestartIsOneMessage(@TempDir Path own) {
        try (ServerProcess one = ServerProcess.start(own)) {
            List<WireClient> devices = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                devices.add(WireClient.join(
                        one, i % 2 == 0 ? WireCodec.JSON : WireCodec.PROTO, "alice", "device-" + i, true));
            }
            List<Result.Send> answers = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                devices.forEach(device -> ids.add(device.send("user:bob", "the-one", "hi")));
            }
            for (int i = 0; i < ids.size(); i++) {
                answers.add((Result.Send) devices.get(i % 5).await(ids.get(i)).result());
            }
            one.kill();
            one.start();
            WireClient again = WireClient.join(one, WireCodec.JSON, "alice", "device-0", true);
            answers.add((Result.Send)
                    again.await(again.send("user:bob", "the-one", "hi")).result());

            assertThat(answers).hasSize(101).allMatch(a -> a.seq() == 1);
            assertThat(answers)
                    .extracting(Result.Send::sentAt)
                    .containsOnly(answers.get(0).sentAt());
            assertThat(answers.stream().filter(a -> !a.duplicate())).hasSize(1);
            WireClient bob = WireClient.join(one, WireCodec.PROTO, "bob", "phone", true);
            again.await(again.send("user:bob", "the-next", "ho"));
            bob.awaitCount("direct:alice~bob", 2);
            assertThat(bob.seqs("direct:alice~bob")).containsExactly(1L, 2L);
        }
    }

    @Test
    void aGroupOfTwoHundredWithFortyOnlineCostsFarLessThanOneRowForEachMessageAndMember() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 199; i++) {
            names.add(String.format("member-%03d", i));
        }
        WireClient owner = WireClient.join(server, WireCodec.PROTO, "owner", "web", true);
        owner.await(owner.request(id ->
                new ClientFrame.Group(id, null, new GroupAction.Create("crowd", "Crowd", names, null, "create-1"))));
        List<WireClient> online = new ArrayList<>();
        for (int i = 0; i < 39; i++) {
            online.add(WireClient.join(server, WireCodec.PROTO, names.get(i), "phone", true));
        }
        online.forEach(member -> member.awaitCount("group:crowd", 1));
        var before = server.status();
        int messages = 1_000;
        for (int i = 0; i < messages; i++) {
            long id = owner.send("group:crowd", "c" + i, "message " + i);
            if (i % 20 == 19) {
                owner.await(id);
                long read = i;
                online.forEach(WireClient::flushAcks);
                online.get(i / 20 % 39).request(r -> new ClientFrame.Read(r, "group:crowd", read));
            }
        }
        online.forEach(member -> member.awaitCount("group:crowd", messages + 1));
        online.forEach(WireClient::flushAcks);
        online.forEach(member -> member.await(member.request(ClientFrame.Ping::new)));
        owner.awaitThat(
                "the flush of the cursors",
                () -> server.status().path("ackRowsWritten").asLong()
                        >= before.path("ackRowsWritten").asLong() + 40);
        var after = server.status();

        double stored = per(messages, before, after, "messagesAppended");
        double pushes = per(messages, before, after, "deliveries");
        double rows = per(messages, before, after, "ackRowsWritten") + per(messages, before, after, "readRowsWritten");
        double receipts = per(messages, before, after, "receiptsPushed");
        System.out.printf(
                "group of 200, 40 online, %d messages: per message %.2f stored rows, %.2f pushes, %.2f cursor rows,"
                        + " %.2f receipt pushes (reference: 1, 40, 40, 40)%n",
                messages, stored, pushes, rows, receipts);
        online.forEach(member -> assertThat(member.seqs("group:crowd")).isEqualTo(seqs(1, messages + 1)));
        assertThat(stored).isEqualTo(1);
        assertThat(pushes).isEqualTo(40);
        assertThat(rows).isLessThan(20);
        assertThat(receipts).isLessThan(20);
        online.forEach(WireClient::cut);
        owner.cut();
    }

    private static double per(
            int messages,
            com.fasterxml.jackson.databind.JsonNode before,
            com.fasterxml.jackson.databind.JsonNode after,
            String figure) {
        return (after.path(figure).asDouble() - before.path(figure).asDouble()) / messages;
    }

    @Test
    void theServerStopsInGoodOrderAndTellsItsClients(@TempDir Path own) {
        try (ServerProcess one = ServerProcess.start(own)) {
            WireClient alice = WireClient.join(one, WireCodec.JSON, "alice", "web", true);
            alice.await(alice.send("user:bob", "m", "x"));
            assertThat(one.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(one.get("/").body()).contains("<html");
            one.stop();
            assertThat(alice.awaitClose()).isEqualTo(1001);
            assertThat(alice.all(ServerFrame.GoAway.class)).hasSize(1);
        }
    }
}
