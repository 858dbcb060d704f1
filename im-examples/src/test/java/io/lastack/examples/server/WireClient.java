package io.lastack.examples.server;

import io.lastack.log.Message;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** A client that is not ours: the WebSocket of the JDK, and nothing but frames. All access is guarded by this object. */
final class WireClient implements WebSocket.Listener {
    static final long PATIENCE_SECONDS = 60;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final WireCodec codec;
    final List<ServerFrame> frames = new ArrayList<>();
    /** Every delivered seq, repeats included, by conversation, in the order of arrival. */
    final Map<String, List<Long>> arrived = new TreeMap<>();

    boolean acking;
    int ackFrames;
    int closeCode;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final Map<String, Long> toAck = new TreeMap<>();
    private int unacked;
    private long requestId;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);
    private WebSocket socket;

    WireClient(WireCodec codec) {
        this.codec = codec;
    }

    static WireClient connect(URI uri, WireCodec codec) {
        WireClient client = new WireClient(codec);
        client.socket = HTTP.newWebSocketBuilder()
                .subprotocols(codec.subprotocol())
                .buildAsync(uri, client)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return client;
    }

    /** Connects, logs in, and waits for the welcome. */
    static WireClient join(ServerProcess server, WireCodec codec, String user, String device, boolean acking) {
        WireClient client = connect(server.socket(), codec);
        client.acking = acking;
        client.hello(server.login(user), device);
        return client;
    }

    void hello(String token, String device, ClientFrame.Position... resume) {
        await(request(id -> new ClientFrame.Hello(id, token, device, List.of(resume), "test", null)));
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
        return received(webSocket, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        partial.writeBytes(bytes);
        return received(webSocket, last);
    }

    private CompletionStage<?> received(WebSocket webSocket, boolean last) {
        if (last) {
            byte[] packet = partial.toByteArray();
            partial.reset();
            try {
                codec.decodeServer(ByteBuffer.wrap(packet)).forEach(this::take);
            } catch (MalformedPacketException e) {
                throw new AssertionError("the server sent what its own codec cannot read", e);
            }
        }
        webSocket.request(1);
        return null;
    }

    private synchronized void take(ServerFrame frame) {
        frames.add(frame);
        if (frame instanceof ServerFrame.Deliver deliver) {
            for (Message message : deliver.messages()) {
                have(deliver.conversation().value(), message.seq());
            }
        } else if (frame instanceof ServerFrame.Reply reply && reply.result() instanceof Result.Send sent) {
            have(sent.conversation().value(), sent.seq());
        }
        if (acking && unacked >= 128) {
            flushAcks();
        }
        notifyAll();
    }

    private void have(String conversation, long seq) {
        arrived.computeIfAbsent(conversation, c -> new ArrayList<>()).add(seq);
        toAck.merge(conversation, seq, Math::max);
        if (unacked++ == 0 && acking) {
            // Acknowledged after a short while even if little came and nobody waits for this client.
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(this::flushAcks);
        }
    }

    /** Acknowledges all that came in order; replies that ran ahead wait for what is before them. */
    synchronized void flushAcks() {
        List<ClientFrame.Position> positions = new ArrayList<>();
        toAck.keySet().forEach(conversation -> {
            long floor = floor(conversation);
            if (floor > 0) {
                positions.add(new ClientFrame.Position(conversation, floor));
            }
        });
        toAck.clear();
        unacked = 0;
        if (!positions.isEmpty()) {
            ackFrames++;
            write(new ClientFrame.Ack(positions, List.of()));
        }
    }

    private final Map<String, Long> floors = new TreeMap<>();
    private final Map<String, Integer> scanned = new TreeMap<>();

    /** The seq up to which everything has arrived, counting from the first that came. */
    private long floor(String conversation) {
        List<Long> seqs = arrived.get(conversation);
        long floor = floors.computeIfAbsent(conversation, c -> seqs.get(0) - 1);
        java.util.TreeSet<Long> ahead =
                new java.util.TreeSet<>(seqs.subList(scanned.getOrDefault(conversation, 0), seqs.size()));
        while (ahead.contains(floor + 1)) {
            floor++;
        }
        if (ahead.isEmpty() || ahead.last() <= floor) {
            scanned.put(conversation, seqs.size());
        }
        floors.put(conversation, floor);
        return floor;
    }

    synchronized void write(ClientFrame... frames) {
        byte[] packet = codec.packet(List.of(frames).stream().map(codec::encode).toList());
        raw(packet);
    }

    synchronized void raw(byte[] packet) {
        lastSend = lastSend.thenCompose(done -> codec.isBinary()
                ? socket.sendBinary(ByteBuffer.wrap(packet), true)
                : socket.sendText(new String(packet, StandardCharsets.UTF_8), true));
    }

    synchronized long request(LongFunction<ClientFrame> frame) {
        long id = ++requestId;
        write(frame.apply(id));
        return id;
    }

    long send(String conversation, String clientMessageId, String text) {
        return request(id ->
                new ClientFrame.Send(id, conversation, clientMessageId, "text", Body.of(text), Map.of(), 0, List.of()));
    }

    ServerFrame.Reply await(long id) {
        awaitThat("reply to request " + id, () -> replyTo(id) != null);
        return replyTo(id);
    }

    private synchronized ServerFrame.Reply replyTo(long id) {
        return frames.stream()
                .filter(f -> f instanceof ServerFrame.Reply r && r.requestId() == id)
                .map(ServerFrame.Reply.class::cast)
                .findFirst()
                .orElse(null);
    }

    synchronized List<Long> seqs(String conversation) {
        return List.copyOf(arrived.getOrDefault(conversation, List.of()));
    }

    synchronized int count(String conversation) {
        return arrived.getOrDefault(conversation, List.of()).size();
    }

    synchronized <F extends ServerFrame> List<F> all(Class<F> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void awaitCount(String conversation, int count) {
        awaitThat(count + " messages of " + conversation, () -> count(conversation) >= count);
    }

    int awaitClose() {
        awaitThat("the close of the connection", () -> closeCode != 0);
        return closeCode;
    }

    synchronized void awaitThat(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no " + what + " in " + PATIENCE_SECONDS + " s; close code " + closeCode
                        + ", arrived " + summary());
            }
            try {
                wait(Math.min(left, 25));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        arrived.forEach((conversation, seqs) ->
                text.append(conversation).append(": ").append(seqs.size()).append(' '));
        return text.toString();
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        notifyAll();
        return null;
    }

    @Override
    public synchronized void onError(WebSocket webSocket, Throwable error) {
        closeCode = closeCode == 0 ? 1006 : closeCode;
        notifyAll();
    }

    /** The connection is cut. */
    void cut() {
        socket.abort();
    }
}
