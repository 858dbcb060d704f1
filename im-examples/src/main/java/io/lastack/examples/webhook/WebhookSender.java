package io.lastack.examples.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lastack.spi.UndeliveredListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts undelivered messages to a back end, which sends the push notifications: signed ({@link WebhookSignature}), in the
 * order in which they came, up to 500 members a request. What the back end does not take (no answer, 408, 429, 5xx) is
 * tried again, with growing pauses, and given up after some attempts. What does not fit into the queue meanwhile is dropped:
 * the messages themselves are safe in the log.
 */
public final class WebhookSender implements UndeliveredListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MEMBERS_A_REQUEST = 500;
    private static final int ATTEMPTS = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final URI target;
    private final WebhookSignature signature;
    private final long firstPauseMillis;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final BlockingQueue<Call> queue;
    private final Thread worker = new Thread(this::work, "webhook");
    private final LongAdder dropped = new LongAdder();

    @SuppressWarnings("ArrayRecordComponent")
    private record Call(String id, byte[] body) {}

    /**
     * @param secret shared with the back end, 32 bytes or more
     * @param queued how many requests may wait, 1 or more
     * @param firstPause before the first repeat; doubled for each further one, to half a minute at most
     */
    public WebhookSender(URI target, String secret, int queued, Duration firstPause) {
        this.target = target;
        this.signature = new WebhookSignature(secret);
        this.firstPauseMillis = firstPause.toMillis();
        this.queue = new ArrayBlockingQueue<>(queued);
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void undelivered(List<Undelivered> members) {
        for (int from = 0; from < members.size(); from += MEMBERS_A_REQUEST) {
            List<Undelivered> part = members.subList(from, Math.min(members.size(), from + MEMBERS_A_REQUEST));
            if (!queue.offer(new Call(UUID.randomUUID().toString(), body(part)))) {
                dropped.increment();
                log.warn("the webhook does not keep up: undelivered messages of {} members are not told", part.size());
            }
        }
    }

    /** Requests that were dropped or given up. */
    public long dropped() {
        return dropped.sum();
    }

    private static byte[] body(List<Undelivered> members) {
        List<Map<String, Object>> rows = members.stream()
                .map(member -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("user", member.user().value());
                    row.put("conversation", member.conversation().value());
                    row.put("fromSeq", member.fromSeq());
                    row.put("throughSeq", member.throughSeq());
                    row.put("unread", member.unread());
                    return row;
                })
                .toList();
        try {
            return JSON.writeValueAsBytes(Map.of("undelivered", rows));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and numbers can be written", e);
        }
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                deliver(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Call call) throws InterruptedException {
        long pause = firstPauseMillis;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int status = post(call);
            if (status >= 200 && status < 300) {
                return;
            }
            boolean again = status == 0 || status == 408 || status == 429 || status >= 500;
            if (!again || attempt == ATTEMPTS) {
                dropped.increment();
                log.warn("the webhook did not take request {}: {} after {} attempts", call.id(), status, attempt);
                return;
            }
            // Half of it by chance, so that several senders do not come back at once.
            Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Returns the status, or 0 if there was no answer. */
    private int post(Call call) throws InterruptedException {
        long seconds = System.currentTimeMillis() / 1_000;
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-LastAck-Delivery", call.id())
                .header("X-LastAck-Timestamp", String.valueOf(seconds))
                .header("X-LastAck-Signature", signature.of(seconds, call.body()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            log.debug("the webhook did not answer", e);
            return 0;
        }
    }

    /** Stops at once; what waits is not sent. */
    @Override
    public void close() {
        worker.interrupt();
    }
}
