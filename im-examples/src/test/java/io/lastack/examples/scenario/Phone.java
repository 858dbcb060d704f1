package io.lastack.examples.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.lastack.client.ClientListener;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.examples.social.FriendRequests;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.proto.WireCodec;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.WebSocketConnector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A device with the Java client over a WebSocket, and all that it was told. Closing it is being away. */
final class Phone implements ClientListener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final UserId user;
    final FriendRequests friendships;
    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<ServerFrame.Receipt> receipts = new CopyOnWriteArrayList<>();
    final List<ServerFrame.Presence> presences = new CopyOnWriteArrayList<>();
    final List<ServerFrame.RoomEvent> roomEvents = new CopyOnWriteArrayList<>();
    final List<ServerFrame.Signal> signals = new CopyOnWriteArrayList<>();
    final List<Consumer<ServerFrame.RoomEvent>> players = new CopyOnWriteArrayList<>();
    final ImClient client;

    Phone(TwoNodes nodes, int node, String user, String device, String role) {
        this.user = UserId.of(user);
        this.friendships = new FriendRequests(this.user);
        WireCodec codec = node == 0 ? WireCodec.PROTO : WireCodec.JSON;
        client = ImClient.builder(nodes.runtime, WebSocketConnector.to(nodes.address(node), codec, HTTP))
                .tokens(TokenSource.of(TwoNodes.token(this.user, role)))
                .device(DeviceId.of(device))
                .listener(this)
                .build();
        client.start();
        done(client.requests().ping());
    }

    @Override
    public void message(Message message) {
        messages.replaceAll(
                shown -> shown.conversation().equals(message.conversation()) ? shown.revised(message) : shown);
        messages.add(message);
        friendships.message(message);
    }

    @Override
    public void receipt(ServerFrame.Receipt receipt) {
        receipts.add(receipt);
    }

    @Override
    public void presence(ServerFrame.Presence presence) {
        presences.add(presence);
    }

    @Override
    public void roomEvent(ServerFrame.RoomEvent event) {
        roomEvents.add(event);
        players.forEach(player -> player.accept(event));
    }

    @Override
    public void signal(ServerFrame.Signal signal) {
        signals.add(signal);
    }

    List<Message> in(ConversationId conversation) {
        return messages.stream()
                .filter(message -> message.conversation().equals(conversation))
                .toList();
    }

    /** Waits until it has everything of a conversation up to there. */
    void awaitSeq(ConversationId conversation, long seq) {
        await(() -> in(conversation).stream().anyMatch(message -> message.seq() == seq));
    }

    /** What the server says of a conversation. */
    Result.Conversation row(ConversationId conversation) {
        return done(client.requests().conversations(null, 100)).conversations().stream()
                .filter(row -> row.conversation().equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
    }

    static <R> R done(CompletionStage<R> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("a request failed", e);
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
