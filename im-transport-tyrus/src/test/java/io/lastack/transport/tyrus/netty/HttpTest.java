package io.lastack.transport.tyrus.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void open() throws Exception {
        var routes = HttpRoutes.builder()
                .page("/", "text/html; charset=utf-8", "<p>hello</p>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .get("/healthz", call -> HttpReply.text(200, "ok"))
                .get("/query", call -> HttpReply.text(200, String.valueOf(call.query())))
                .get("/broken", call -> {
                    throw new IllegalStateException("by intention of the test, and secret");
                })
                .get("/slow", call -> {
                    waiting.countDown();
                    return HttpReply.text(200, release.await(10, TimeUnit.SECONDS) ? "released" : "gave up");
                })
                .post(
                        "/api/login",
                        call -> HttpReply.json(200, "{\"got\":" + call.text().length() + "}"))
                .get(
                        "/stream",
                        call -> HttpReply.stream(200, "text/plain", out -> {
                            for (int i = 0; i < 10_000; i++) {
                                out.write((i + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                            }
                        }))
                .get(
                        "/stream/broken",
                        call -> HttpReply.stream(200, "text/plain", out -> {
                            out.write(new byte[20_000]);
                            throw new IllegalStateException("by intention of the test");
                        }))
                .get(
                        "/stream/endless",
                        call -> HttpReply.stream(200, "text/plain", out -> {
                            try {
                                while (true) {
                                    out.write(new byte[10_000]);
                                }
                            } finally {
                                waiting.countDown();
                            }
                        }))
                .under("/api/", call -> HttpReply.text(200, "below api: " + call.method() + " " + call.path()))
                .under("/api/v1/", call -> HttpReply.text(200, "below v1: " + call.method() + " " + call.path()))
                .build();
        server = new TestServer(TestServer.LIMITS, TestServer.TIMEOUTS, routes, Gate.open());
        client = server.connect();
    }

    @AfterEach
    void close() throws Exception {
        release.countDown();
        client.close();
        server.close();
    }

    @Test
    void severalRequestsAreServedOverOneConnection() throws Exception {
        client.ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        var page = client.response();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("<p>hello</p>");
        assertThat(page.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("x-content-type-options", "nosniff");
        client.ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().body()).isEqualTo("ok");
    }

    @Test
    void requestsSentWithoutWaitingAreAnsweredInOrder() throws Exception {
        client.ascii("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        assertThat(client.response().body()).isEqualTo("released");
        assertThat(client.response().body()).isEqualTo("ok");
    }

    @Test
    void aRouteThatBlocksHoldsUpNobodyElse() throws Exception {
        client.ascii("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        try (var other = server.upgraded()) {
            other.text("meanwhile");
            assertThat(other.frame().text()).isEqualTo("meanwhile");
        }
    }

    @Test
    void aHeadRequestGetsTheHeadersOfTheGetAndNoBody() throws Exception {
        client.ascii("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
        var head = client.responseWithoutBody();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("content-length", "12");
        client.ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().body()).isEqualTo("ok");
    }

    @Test
    void aPostReachesItsRouteWithTheBody() throws Exception {
        client.ascii("POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345");
        assertThat(client.response().body()).isEqualTo("{\"got\":5}");
    }

    @Test
    void aBodyOverTheLimitIsAnsweredWith413AndTheConnectionEnds() throws Exception {
        client.ascii("POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1025\r\n\r\n" + "x".repeat(1025));
        assertThat(client.response().status()).isEqualTo(413);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aBodyInChunksOverTheLimitIsAnsweredWith413AsWell() throws Exception {
        client.ascii("POST /api/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.ascii("400\r\n" + "x".repeat(1024) + "\r\n1\r\nx\r\n");
        assertThat(client.response().status()).isEqualTo(413);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aRequestThatComesInManyPiecesIsReadToItsEnd() throws Exception {
        for (int round = 0; round < 2; round++) {
            client.ascii("POST /api/login HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(9000));
            client.ascii("\r\nContent-Length: 1000\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                client.ascii("x".repeat(100));
            }
            assertThat(client.response().body()).isEqualTo("{\"got\":1000}");
        }
    }

    @Test
    void anUnknownPathIs404AndAnUnknownMethodIs405WithTheKnownOnes() throws Exception {
        client.ascii("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(404);
        client.ascii("DELETE /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = client.response();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET");
    }

    @Test
    void aBodyIsWrittenWhileItIsSentAndTheConnectionGoesOn() throws Exception {
        for (int round = 0; round < 2; round++) {
            client.ascii("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.responseWithoutBody().headers()).containsEntry("transfer-encoding", "chunked");
            assertThat(client.chunks().lines()).hasSize(10_000).startsWith("0").endsWith("9999");
        }
        client.ascii("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.responseWithoutBody().status()).isEqualTo(200);
        client.ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().body()).isEqualTo("ok");
        client.ascii("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(client.responseWithoutBody().headers()).containsEntry("connection", "close");
        assertThat(client.chunks().lines()).hasSize(10_000);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aBodyThatFailsInItsMidstIsCutOff() throws Exception {
        client.ascii("GET /stream/broken HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.responseWithoutBody().status()).isEqualTo(200);
        assertThat(client.untilEnd()).doesNotContain("\r\n0\r\n\r\n");
    }

    @Test
    void aBodyEndsWhenItsClientIsGone() throws Exception {
        client.ascii("GET /stream/endless HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.responseWithoutBody().status()).isEqualTo(200);
        client.close();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anOldClientGetsABodyThatEndsWithTheConnection() throws Exception {
        client.ascii("GET /stream HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");
        assertThat(client.responseWithoutBody().headers()).doesNotContainKey("transfer-encoding");
        assertThat(client.untilEnd().lines()).hasSize(10_000);
    }

    @Test
    void whatHasNoRouteOfItsOwnGoesToTheLongestPrefixWithEveryMethod() throws Exception {
        client.ascii("PATCH /api/v1/a/b%20c?d=e HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().body()).isEqualTo("below v1: PATCH /api/v1/a/b%20c");
        client.ascii("OPTIONS /api/v2 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().body()).isEqualTo("below api: OPTIONS /api/v2");
        client.ascii("GET /api HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(404);
        client.ascii("GET /api/login HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(405);
    }

    @Test
    void aRouteThatThrowsIsA500ThatTellsNothing() throws Exception {
        client.ascii("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = client.response();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void parametersAreDecoded() throws Exception {
        client.ascii("GET /query?a=1&b=%C3%BC&a=2 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().body()).isEqualTo("{a=[1, 2], b=[ü]}");
    }

    @Test
    void whatIsNoHttpIs400() throws Exception {
        client.ascii("\u0016\u0003\u0001 hello HTTP/9\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(400);
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void anAddressAndHeadersOfExcessiveLengthAreRefused() throws Exception {
        client.ascii("GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.response().status()).isEqualTo(414);
        try (var other = server.connect()) {
            other.ascii("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(other.response().status()).isEqualTo(431);
        }
    }

    @Test
    void aConnectionEndsWhereTheClientAsksForIt() throws Exception {
        client.ascii("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(client.response().headers()).containsEntry("connection", "close");
        assertThat(client.isEnded()).isTrue();
    }

    @Test
    void aTableRefusesWhatItCouldNotServe() {
        var builder = HttpRoutes.builder().get("/a", call -> HttpReply.text(200, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.get("/a", call -> HttpReply.text(200, "")))
                .withMessageContaining("GET /a");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.get("a", call -> HttpReply.text(200, "")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.get("/a?b", call -> HttpReply.text(200, "")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("HEAD", "/b", call -> HttpReply.text(200, "")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.under("/c", call -> HttpReply.text(200, "")));
        builder.under("/c/", call -> HttpReply.text(200, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.under("/c/", call -> HttpReply.text(200, "")));
        assertThatIllegalArgumentException().isThrownBy(() -> HttpReply.text(101, ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpReply(200, Map.of("content-length", "1"), new byte[0]));
        assertThat(List.copyOf(builder.build().at("/a").orElseThrow().keySet())).containsExactly("GET");
    }
}
