package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.EncodedFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a client on their way out over HTTP: one request at a time, in order, each with its number, so that one
 * whose answer was lost is sent again and counts once. Small packets that wait go out as one. Thread-safe.
 */
final class PacketPoster {

    private static final int MAX_WAITING_BYTES = 16 << 20;

    /** What waits is joined up to this size; a packet that is larger by itself goes as it is. */
    private static final int JOINED_BYTES = 32 * 1024;

    private static final int ATTEMPTS = 4;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI server;
    private final WireCodec codec;
    private final Consumer<CloseReason> onEnd;

    /* Guarded by this. */
    private final Deque<List<EncodedFrame>> waiting = new ArrayDeque<>(2);
    private @Nullable String id;
    private @Nullable String token;
    private long waitingBytes;
    private long packets;
    private boolean sending;
    private boolean pongOwed;
    private boolean closing;
    private boolean ended;

    /** @param onEnd told without locks */
    PacketPoster(HttpClient http, URI server, WireCodec codec, Consumer<CloseReason> onEnd) {
        this.http = http;
        this.server = server;
        this.codec = codec;
        this.onEnd = onEnd;
    }

    synchronized void open(String stream) {
        id = stream;
    }

    /** Sends the frames as one packet, or as several if a packet may not hold so many. */
    void write(List<ClientFrame> frames) {
        boolean tooMany = false;
        synchronized (this) {
            for (int from = 0; from < frames.size() && !ended && !closing; from += WireCodec.MAX_CLIENT_FRAMES) {
                int to = Math.min(frames.size(), from + WireCodec.MAX_CLIENT_FRAMES);
                List<EncodedFrame> packet =
                        frames.subList(from, to).stream().map(codec::encode).toList();
                waiting.add(packet);
                waitingBytes += size(packet);
            }
            if (token == null) {
                frames.forEach(this::learnToken);
            }
            tooMany = waitingBytes > MAX_WAITING_BYTES;
        }
        if (tooMany) {
            onEnd.accept(new CloseReason(WebSocketConnector.ABNORMAL, "the server takes nothing any more"));
        } else {
            pump();
        }
    }

    /** The stream belongs to the token of its first hello, here as there. */
    private void learnToken(ClientFrame frame) {
        if (token == null && frame instanceof ClientFrame.Hello hello) {
            token = hello.token();
        }
    }

    private static int size(List<EncodedFrame> packet) {
        return packet.stream().mapToInt(EncodedFrame::size).sum();
    }

    /** Shows the server that the client is there. */
    void pong() {
        synchronized (this) {
            pongOwed = true;
        }
        pump();
    }

    /** Sends what waits, then tells the server to close. */
    void close() {
        synchronized (this) {
            closing = true;
        }
        pump();
    }

    /** Drops what waits. */
    synchronized void end() {
        ended = true;
        waiting.clear();
    }

    private void pump() {
        HttpRequest next = next();
        if (next != null) {
            send(next, 1);
        }
    }

    private synchronized @Nullable HttpRequest next() {
        if (id == null || sending || ended) {
            return null;
        }
        List<EncodedFrame> packet = take();
        if (!packet.isEmpty()) {
            sending = true;
            return request(id)
                    .header("LastAck-Packet", Long.toString(++packets))
                    .header("Content-Type", codec.isBinary() ? "application/x-protobuf" : "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(codec.packet(packet)))
                    .build();
        }
        if (closing) {
            ended = true;
            return request(id).DELETE().build();
        }
        if (pongOwed) {
            sending = true;
            pongOwed = false;
            return request(id).POST(HttpRequest.BodyPublishers.noBody()).build();
        }
        return null;
    }

    /** The packets at the front, as one. */
    private List<EncodedFrame> take() {
        List<EncodedFrame> joined = new ArrayList<>();
        long bytes = 0;
        for (List<EncodedFrame> packet = waiting.peek(); packet != null; packet = waiting.peek()) {
            int size = size(packet);
            if (!joined.isEmpty()
                    && (bytes + size > JOINED_BYTES || joined.size() + packet.size() > WireCodec.MAX_CLIENT_FRAMES)) {
                break;
            }
            waiting.remove();
            joined.addAll(packet);
            bytes += size;
            waitingBytes -= size;
        }
        return joined;
    }

    private HttpRequest.Builder request(String stream) {
        var request = HttpRequest.newBuilder(server)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(PATIENCE)
                .header("LastAck-Stream", stream);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private void send(HttpRequest request, int attempt) {
        var unused = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    if (answer != null && answer.statusCode() < 300) {
                        synchronized (this) {
                            sending = false;
                        }
                        pump();
                    } else if (answer == null && attempt < ATTEMPTS && !isEnded()) {
                        CompletableFuture.delayedExecutor(PAUSE_MILLIS * attempt, TimeUnit.MILLISECONDS)
                                .execute(() -> send(request, attempt + 1));
                    } else {
                        onEnd.accept(reason(answer));
                    }
                });
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private static CloseReason reason(@Nullable HttpResponse<?> answer) {
        if (answer == null) {
            return new CloseReason(WebSocketConnector.ABNORMAL, "a packet could not be sent");
        }
        return answer.statusCode() == 404
                ? new CloseReason(WebSocketConnector.ABNORMAL, "the server does not know the stream any more")
                : Refusals.ofStatus(answer.statusCode());
    }
}
