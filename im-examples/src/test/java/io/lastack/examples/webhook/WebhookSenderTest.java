package io.lastack.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.UndeliveredListener.Undelivered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
    private static final String SECRET = "a secret of the tests, of 32 bytes and more";

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>(new ArrayDeque<>());
    private final CountDownLatch answering = new CountDownLatch(1);
    private HttpServer backEnd;
    private URI target;

    @SuppressWarnings("ArrayRecordComponent")
    private record Request(String id, long seconds, String signature, byte[] body, int answer) {}

    @BeforeEach
    void start() throws IOException {
        backEnd = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backEnd.createContext("/push", this::answer);
        backEnd.start();
        target = URI.create("http://localhost:" + backEnd.getAddress().getPort() + "/push");
    }

    @AfterEach
    void stop() {
        answering.countDown();
        backEnd.stop(0);
    }

    private void answer(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        Integer answer = answers.poll();
        int status = answer == null ? 204 : answer;
        requests.add(new Request(
                call.getRequestHeaders().getFirst("X-LastAck-Delivery"),
                Long.parseLong(call.getRequestHeaders().getFirst("X-LastAck-Timestamp")),
                call.getRequestHeaders().getFirst("X-LastAck-Signature"),
                body,
                status));
        try {
            if (status == 999) {
                answering.await(30, TimeUnit.SECONDS);
                status = 204;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        call.sendResponseHeaders(status, -1);
        call.close();
    }

    private Request next() throws InterruptedException {
        Request request = requests.poll(30, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }

    private WebhookSender sender(int queued) {
        return new WebhookSender(target, SECRET, queued, Duration.ofMillis(5));
    }

    private static List<Undelivered> members(int count) {
        ConversationId group = ConversationId.group("g");
        return IntStream.range(0, count)
                .mapToObj(i -> new Undelivered(UserId.of("u" + i), group, 3, 5, 7))
                .toList();
    }

    @Test
    void aBackEndThatFailsAtFirstIsToldAgainUntilItTakesIt() throws Exception {
        answers.addAll(List.of(503, 429, 500));
        try (WebhookSender sender = sender(10)) {
            sender.undelivered(members(2));
            Request first = next();
            assertThat(first.answer()).isEqualTo(503);
            assertThat(next().id()).isEqualTo(first.id());
            assertThat(next().id()).isEqualTo(first.id());
            Request taken = next();
            assertThat(taken.answer()).isEqualTo(204);
            WebhookSignature signature = new WebhookSignature(SECRET);
            assertThat(signature.matches(taken.signature(), taken.seconds(), taken.body()))
                    .isTrue();
            assertThat(signature.matches(taken.signature(), taken.seconds() + 1, taken.body()))
                    .isFalse();
            JsonNode row = new ObjectMapper()
                    .readTree(taken.body())
                    .path("undelivered")
                    .path(1);
            assertThat(row.toString())
                    .isEqualTo(
                            "{\"user\":\"u1\",\"conversation\":\"group:g\",\"fromSeq\":3,\"throughSeq\":5,\"unread\":7}");

            sender.undelivered(members(1));
            assertThat(next().id()).isNotEqualTo(first.id());
            assertThat(sender.dropped()).isZero();
        }
    }

    @Test
    void whatTheBackEndRefusesForGoodIsNotTriedAgain() throws Exception {
        answers.add(400);
        try (WebhookSender sender = sender(10)) {
            sender.undelivered(members(1));
            Request refused = next();
            sender.undelivered(members(1));
            assertThat(next().id()).isNotEqualTo(refused.id());
            assertThat(sender.dropped()).isEqualTo(1);
        }
    }

    @Test
    void aLargeGroupComesInSeveralRequests() throws Exception {
        try (WebhookSender sender = sender(10)) {
            sender.undelivered(members(1_200));
            int rows = 0;
            for (int i = 0; i < 3; i++) {
                rows += new ObjectMapper()
                        .readTree(next().body())
                        .path("undelivered")
                        .size();
            }
            assertThat(rows).isEqualTo(1_200);
        }
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsDropped() throws Exception {
        answers.add(999);
        try (WebhookSender sender = sender(2)) {
            sender.undelivered(members(1));
            next();
            for (int i = 0; i < 5; i++) {
                sender.undelivered(members(1));
            }
            assertThat(sender.dropped()).isEqualTo(3);
        }
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookSender(target, "short", 1, Duration.ofMillis(5)))
                .withMessageContaining("5 bytes");
    }
}
