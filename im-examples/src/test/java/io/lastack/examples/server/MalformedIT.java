package io.lastack.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the answer is clear and the server unharmed. */
class MalformedIT {
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

    /** The frame is put into a packet with request id 7; the reply must have the code. */
    static Stream<Arguments> refused() {
        return Stream.of(
                frame(400, "\"send\":{\"conversation\":7,\"clientMessageId\":\"m\",\"type\":\"text\",\"text\":\"x\"}"),
                frame(400, "\"send\":\"not an object\""),
                frame(400, "\"send\":{}"),
                frame(400, "\"send\":{\"conversation\":\"user:bob\",\"type\":\"text\",\"text\":\"x\"}"),
                frame(400, "\"send\":{\"conversation\":\"user:b ob\",\"clientMessageId\":\"m\",\"text\":\"x\"}"),
                frame(400, "\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\",\"text\":[1,2]}"),
                frame(
                        400,
                        "\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\",\"body\":\"not base64!\"}"),
                frame(
                        400,
                        "\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\",\"text\":\"x\",\"body\":\"eA==\"}"),
                frame(
                        400,
                        "\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\",\"text\":\"x\",\"replyTo\":\"many\"}"),
                frame(
                        422,
                        "\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\",\"type\":\"smell\",\"text\":\"x\"}"),
                frame(
                        413,
                        "\"send\":{\"conversation\":\"user:bob\",\"clientMessageId\":\"m\",\"text\":\""
                                + "x".repeat(70_000) + "\"}"),
                frame(404, "\"send\":{\"conversation\":\"group:none\",\"clientMessageId\":\"m\",\"text\":\"x\"}"),
                frame(404, "\"send\":{\"conversation\":\"direct:bob~carol\",\"clientMessageId\":\"m\",\"text\":\"x\"}"),
                frame(400, "\"read\":{\"conversation\":\"user:bob\",\"seq\":1.5}"),
                frame(404, "\"read\":{\"conversation\":\"user:nobody\",\"seq\":1}"),
                frame(404, "\"fetch\":{\"conversation\":\"group:none\"}"),
                frame(400, "\"fetch\":{\"conversation\":\"user:bob\",\"limit\":{}}"),
                frame(400, "\"conversations\":{\"cursor\":\"nowhere\"}"),
                frame(404, "\"receipts\":{\"conversation\":\"group:none\",\"seq\":1}"),
                frame(400, "\"group\":{}"),
                frame(400, "\"group\":{\"conversation\":\"group:g\",\"explode\":{}}"),
                frame(400, "\"group\":{\"create\":{\"name\":\"\",\"members\":[]}}"),
                frame(404, "\"group\":{\"conversation\":\"group:none\",\"leave\":{}}"),
                frame(400, "\"notify\":{\"user\":\"\",\"type\":\"t\"}"),
                frame(400, "\"unknown\":{}"),
                frame(400, "\"ping\":{},\"read\":{\"conversation\":\"user:bob\",\"seq\":1}"));
    }

    private static Arguments frame(int code, String frame) {
        return Arguments.of(code, frame);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aBadFrameIsAnsweredAndTheConnectionGoesOn(int code, String frame) {
        WireClient eve = WireClient.join(server, WireCodec.JSON, "eve", "web", true);
        eve.raw(("{\"frames\":[{\"requestId\":7," + frame + "}]}").getBytes(StandardCharsets.UTF_8));
        ServerFrame.Reply reply = eve.await(7);
        assertThat(reply.status().code()).isEqualTo(code);
        assertThat(reply.status().message()).isNotBlank().doesNotContain("xxxx");
        assertThat(eve.await(eve.request(ClientFrame.Ping::new)).status().isOk())
                .isTrue();
        eve.cut();
    }

    static Stream<Arguments> fatal() {
        return Stream.of(
                Arguments.of(1002, "no json at all"),
                Arguments.of(1002, "{\"frames\":"),
                Arguments.of(1002, "[1,2,3]"),
                Arguments.of(1002, "{\"frames\":[{\"ping\":" + "[".repeat(5_000)),
                Arguments.of(1009, "{\"frames\":[],\"padding\":\"" + "x".repeat(2 << 20) + "\"}"));
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void aPacketThatCannotBeReadClosesTheConnection(int code, String packet) {
        WireClient eve = WireClient.join(server, WireCodec.JSON, "eve", "web", true);
        eve.raw(packet.getBytes(StandardCharsets.UTF_8));
        assertThat(eve.awaitClose()).isEqualTo(code);
    }

    @Test
    void aBinaryPacketThatIsNoProtobufClosesTheConnection() {
        WireClient eve = WireClient.join(server, WireCodec.PROTO, "eve", "web", true);
        eve.raw(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3});
        assertThat(eve.awaitClose()).isEqualTo(1002);
    }

    @Test
    void theServerIsUnharmedByAllOfIt() {
        WireClient alice = WireClient.join(server, WireCodec.PROTO, "alice", "web", true);
        assertThat(alice.await(alice.send("user:zoe", "still-" + System.nanoTime(), "here"))
                        .status()
                        .isOk())
                .isTrue();
        assertThat(server.log()).noneMatch(line -> line.contains(" ERROR "));
        alice.cut();
    }
}
