package io.lastack.examples.shop;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ClientOptions;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.transport.tyrus.WebSocketConnector;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A buyer's device, which stays on while servers come and go, and remembers what it was shown. */
final class ShopBuyer implements ClientListener, AutoCloseable {
    private static final long BOUND_NANOS = 120_000_000_000L;

    final UserId user;
    private final List<Message> shown = new ArrayList<>();
    private final ImClient client;

    ShopBuyer(ImRuntime runtime, UserId user, int port) {
        this.user = user;
        this.client = ImClient.builder(runtime, WebSocketConnector.to(URI.create("ws://127.0.0.1:" + port + "/im")))
                .device(DeviceId.of("phone"))
                .tokens(TokenSource.of(user.value()))
                .options(ClientOptions.builder()
                        .backoff(Duration.ofMillis(100), Duration.ofMillis(500))
                        .build())
                .listener(this)
                .build();
        client.start();
    }

    @Override
    public synchronized void message(Message message) {
        shown.add(message);
        notifyAll();
    }

    /** What was shown of a conversation, in the order in which it was, repeats included. */
    synchronized List<Message> shown(ConversationId conversation) {
        return shown.stream()
                .filter(message -> message.conversation().equals(conversation))
                .toList();
    }

    synchronized void await(ConversationId conversation, long seq) throws InterruptedException {
        long deadline = System.nanoTime() + BOUND_NANOS;
        while (shown(conversation).stream().noneMatch(message -> message.seq() == seq)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(user + " was not shown seq " + seq + " of " + conversation);
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
