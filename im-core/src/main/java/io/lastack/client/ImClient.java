package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import io.lastack.spi.EngineRuntime;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One device of one user: sends messages so that each is stored exactly once, shows messages so that each is seen once
 * and in order, acknowledges them, and keeps a link to the server by itself.
 *
 * <pre>{@code
 * var client = ImClient.builder(runtime, connector)
 *         .device(DeviceId.of("phone-1"))
 *         .tokens(() -> new Token(login.freshToken(), login.expiresAt()))
 *         .state(FileClientState.open(file))
 *         .listener(new ClientListener() {
 *             @Override
 *             public void message(Message message) {
 *                 store(message);                      // once for each, in order; returning acknowledges it
 *             }
 *         })
 *         .build();
 * client.start();
 * client.send(UserId.of("bob"), Content.text("hi"))    // stored once, whatever happens to the link
 *         .thenAccept(sent -> show(sent.seq()));
 * }</pre>
 *
 * <p>Safe for use by several threads. Calls return at once; the listener is called, and stages are completed, one at a
 * time on the runtime's threads. What depends on such a stage runs there too, unless an executor is given for it.
 */
public final class ImClient implements AutoCloseable {
    private final EngineRuntime runtime;
    private final Turns turns;
    private final Wire wire;
    private final ClientParts parts;
    private final ClientRequests requests;

    private ImClient(Builder builder, DeviceId device, TokenSource tokens) {
        this.runtime = builder.runtime;
        this.wire = new Wire();
        this.turns = new Turns(runtime, wire);
        this.parts = new ClientParts(builder, turns, wire, device, tokens);
        this.requests = new ClientRequests(parts.calls(), this::drawId);
    }

    /** @param connector which must bring no token of its own along: hello carries it */
    public static Builder builder(EngineRuntime runtime, Connector connector) {
        return new Builder(runtime, connector);
    }

    /** Connects, now: at first, after the client has stopped, or while it waits for its next attempt. */
    public void start() {
        turns.later(parts.lifecycle()::start);
    }

    /** Sends under an id that is drawn here. See {@link #send(OutboxEntry)}. */
    public CompletionStage<Sent> send(ConversationId conversation, Content content) {
        return send(new OutboxEntry(conversation.value(), drawId(), content));
    }

    /** Sends into the direct conversation with a user, under an id that is drawn here. See {@link #send(OutboxEntry)}. */
    public CompletionStage<Sent> send(UserId peer, Content content) {
        return send(new OutboxEntry(OutboxEntry.targetOf(peer), drawId(), content));
    }

    /**
     * Puts a message into the outbox; the messages of a conversation are stored in the order of these calls. It is sent,
     * and sent again on every new link, until the server answers; a server that is busy (429, 503) is asked again when it
     * says. A repeat of an entry that is not answered yet shares its answer.
     *
     * @return completes once the message is in the log; exceptionally with {@link OutboxFullException} if there is no
     *     room, {@link RequestFailedException} if the server refuses the message, {@link UnansweredException} if the
     *     client is closed before the answer
     */
    public CompletionStage<Sent> send(OutboxEntry entry) {
        return parts.outbox().send(entry);
    }

    /** How many messages are in the outbox. */
    public int outboxSize() {
        return parts.outbox().size();
    }

    /**
     * Moves the user's read position up. Of several positions in a short while only the newest is sent; on a new link it
     * is sent again until it is answered.
     *
     * @return completes once this position or a higher one is stored
     */
    public CompletionStage<Boolean> read(ConversationId conversation, long seq) {
        return parts.reads().read(conversation, seq);
    }

    /** Sends an ephemeral event (such as "typing") to the members online; dropped if there is no link. */
    public void signal(ConversationId conversation, String event, Body payload) {
        turns.later(() -> wire.add(new ClientFrame.Signal(conversation.value(), event, payload)));
    }

    /**
     * Recalls a message: nothing of its content stays on the server, and every device hears so. Like every change of a
     * message, it comes to all devices, this one included, as an entry of the log after the message
     * ({@link ClientListener#message}); {@link io.lastack.log.Message#revised} tells what the message has become.
     *
     * @return see {@link ClientRequests}
     */
    public CompletionStage<Result.Revise> recall(ConversationId conversation, long seq) {
        return requests.revise(conversation, seq, new Revision.Recall());
    }

    /** Gives a message another text, and the users whom it names now. See {@link #recall}. */
    public CompletionStage<Result.Revise> edit(
            ConversationId conversation, long seq, String text, Collection<UserId> mentions) {
        List<String> named = mentions.stream().map(UserId::value).toList();
        return requests.revise(conversation, seq, new Revision.Edit(Body.of(text), named));
    }

    /**
     * Reacts to a message, or takes that back. See {@link #recall}.
     *
     * @param emoji 1 to 64 bytes of UTF-8
     */
    public CompletionStage<Result.Revise> react(ConversationId conversation, long seq, String emoji, boolean remove) {
        return requests.revise(conversation, seq, new Revision.React(emoji, remove));
    }

    /** All else that a client may ask the server. */
    public ClientRequests requests() {
        return requests;
    }

    /** Where this client stands; the listener hears of every change. */
    public ConnectionState state() {
        return parts.state();
    }

    /** An id for a message, as drawn for those that are sent without one. */
    public ClientMessageId drawId() {
        HexFormat hex = HexFormat.of();
        return ClientMessageId.of(hex.toHexDigits(runtime.random().nextLong())
                + hex.toHexDigits(runtime.random().nextLong()));
    }

    /**
     * Acknowledges what is confirmed, and ends the link, for good. Returns before that is done. What is unanswered fails;
     * messages of the outbox stay in the client's state, for the next client that starts from it.
     */
    @Override
    public void close() {
        turns.later(parts::close);
    }

    /** Collects what a client is made of. */
    public static final class Builder {
        final EngineRuntime runtime;
        final Connector connector;
        ClientOptions options = ClientOptions.DEFAULTS;
        ClientListener listener = new ClientListener() {};
        ClientState state = new MemoryClientState();
        private @Nullable TokenSource tokens;
        private @Nullable DeviceId device;

        private Builder(EngineRuntime runtime, Connector connector) {
            this.runtime = runtime;
            this.connector = connector;
        }

        /** Required. */
        public Builder tokens(TokenSource value) {
            tokens = value;
            return this;
        }

        /** Which device this is; required. Two clients at once with the same user and device replace each other. */
        public Builder device(DeviceId value) {
            device = value;
            return this;
        }

        public Builder options(ClientOptions value) {
            options = value;
            return this;
        }

        public Builder listener(ClientListener value) {
            listener = value;
            return this;
        }

        /** What is kept across restarts; on the heap if not given. */
        public Builder state(ClientState value) {
            state = value;
            return this;
        }

        /** A client that is not started yet. Its state is loaded in the calling thread. */
        public ImClient build() {
            return new ImClient(
                    this, Objects.requireNonNull(device, "device"), Objects.requireNonNull(tokens, "tokens"));
        }
    }
}
