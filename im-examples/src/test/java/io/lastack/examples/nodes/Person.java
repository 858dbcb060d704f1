package io.lastack.examples.nodes;

import io.lastack.ImRuntime;
import io.lastack.client.ClientListener;
import io.lastack.client.ClientOptions;
import io.lastack.client.ConnectionState;
import io.lastack.client.Connector;
import io.lastack.client.ImClient;
import io.lastack.client.OutboxEntry;
import io.lastack.client.RequestFailedException;
import io.lastack.client.Sent;
import io.lastack.client.TokenSource.Token;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Message;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.transport.tyrus.JwtIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A user with one device, who writes down what was confirmed and what was shown, and where that was not in order. */
final class Person implements ClientListener, AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofHours(2);

    final UserId user;
    final ImClient client;

    /** Where each confirmed message is, by id. */
    final Map<ClientMessageId, Place> confirmed = new ConcurrentHashMap<>();

    /** What was shown: by conversation and seq, the sender and the id. */
    final Map<ConversationId, TreeMap<Long, String>> shown = new ConcurrentHashMap<>();

    final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    final Queue<Long> onlineAt = new ConcurrentLinkedQueue<>();
    private final Delays delays;
    private volatile long newestShownAt;
    private volatile long longestGap;

    Person(String name, Connector nodes, ImRuntime runtime, String secret, Delays delays) {
        this.user = UserId.of(name);
        this.delays = delays;
        JwtIssuer issuer = JwtIssuer.hmac256(secret);
        this.client = ImClient.builder(runtime, nodes)
                .device(DeviceId.of("phone"))
                .tokens(() -> {
                    Instant end = Instant.now().plus(TOKEN_LIFE);
                    return new Token(issuer.issue(user, end), end.toEpochMilli());
                })
                .options(ClientOptions.builder()
                        .backoff(Duration.ofMillis(100), Duration.ofSeconds(2))
                        .connectTimeout(Duration.ofSeconds(10))
                        .build())
                .listener(this)
                .build();
    }

    void send(String target) {
        ClientMessageId id = client.drawId();
        client.send(new OutboxEntry(target, id, Content.text("from " + user)));
    }

    boolean isOnline() {
        return client.state() instanceof ConnectionState.Online;
    }

    /** From now on the longest time between two messages shown is measured. */
    void measureGap() {
        newestShownAt = System.nanoTime();
        longestGap = 0;
    }

    /** In nanoseconds, since {@link #measureGap}. */
    long longestGap() {
        return longestGap;
    }

    @Override
    public void message(Message message) {
        TreeMap<Long, String> log = shown.computeIfAbsent(message.conversation(), c -> new TreeMap<>());
        synchronized (log) {
            long last = log.isEmpty() ? 0 : log.lastKey();
            if (message.seq() != last + 1) {
                wrong.add(user + " was shown " + message.seq() + " of " + message.conversation() + " after " + last);
            }
            log.put(message.seq(), key(message.sender(), message.clientMessageId()));
        }
        long now = System.nanoTime();
        longestGap = Math.max(longestGap, now - newestShownAt);
        newestShownAt = now;
        delays.shown(message.clientMessageId(), now);
    }

    @Override
    public void sent(ClientMessageId id, Sent sent) {
        Place place = new Place(sent.conversation(), sent.seq());
        Place before = confirmed.putIfAbsent(id, place);
        if (before != null && !before.equals(place)) {
            wrong.add(id + " was confirmed at " + before + " and at " + place);
        }
        delays.confirmed(id);
    }

    @Override
    public void sendFailed(ClientMessageId id, RequestFailedException reason) {
        wrong.add(user + " was refused: " + reason.status().code());
    }

    @Override
    public void skipped(ConversationId conversation, SeqRange range, String reason) {
        wrong.add(user + " was told that " + range + " of " + conversation + " will not come");
    }

    @Override
    public void epochChanged(String before, String now) {
        wrong.add(user + " was told that the data is another");
    }

    @Override
    public void stateChanged(ConnectionState state) {
        if (state instanceof ConnectionState.Online) {
            onlineAt.add(System.nanoTime());
        } else if (state instanceof ConnectionState.Stopped stopped
                && stopped.reason().code() != 1000) {
            wrong.add(user + " gave up: " + stopped.reason());
        }
    }

    /** What was shown of a conversation by now. */
    Map<Long, String> log(ConversationId conversation) {
        TreeMap<Long, String> log = shown.getOrDefault(conversation, new TreeMap<>());
        synchronized (log) {
            return new TreeMap<>(log);
        }
    }

    static String key(UserId sender, ClientMessageId id) {
        return sender + " " + id;
    }

    @Override
    public void close() {
        client.close();
    }

    /** Everybody's longest gaps, in order. */
    static List<Long> gaps(List<Person> people) {
        return people.stream().map(Person::longestGap).sorted().toList();
    }

    record Place(ConversationId conversation, long seq) {}
}
