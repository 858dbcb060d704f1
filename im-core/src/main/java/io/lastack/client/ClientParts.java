package io.lastack.client;

import io.lastack.log.DeviceId;
import io.lastack.session.CloseReason;
import java.util.List;

/** The parts of one client, put together. */
final class ClientParts {
    private final Outbox outbox;
    private final ReadMarks reads;
    private final Calls calls;
    private final AckBatch acks;
    private final Lifecycle lifecycle;
    private final Wire wire;
    private volatile ConnectionState state = new ConnectionState.Stopped(new CloseReason(0, "not started"));

    ClientParts(ImClient.Builder given, Turns turns, Wire wire, DeviceId device, TokenSource source) {
        this.wire = wire;
        ClientOptions options = given.options;
        Events events = new Events(given.listener);
        Replies replies = new Replies();
        calls = new Calls(turns, wire, replies, options);
        acks = new AckBatch(turns, wire, given.state, options.ackDelay());
        reads = new ReadMarks(turns, wire, replies, options);

        Inbox inbox = new Inbox(turns, events, acks, options.maxResume());
        StartLookup starts = new StartLookup(calls, inbox);
        outbox = new Outbox(
                turns,
                given.state,
                events,
                options,
                (welcome, outcomes) ->
                        new SendFlow(turns, wire, replies, options, welcome, () -> !inbox.isFull(), outcomes),
                starts::stored);

        Positions positions = new Positions(given.state, inbox, events);
        Tokens tokens = new Tokens(turns, source);
        TokenRefresh refresh = new TokenRefresh(turns, wire, replies, tokens, options.tokenLead(), this::lose);
        FrameRouter router = new FrameRouter(replies, inbox, events, refresh);
        lifecycle = new Lifecycle(
                turns,
                given.connector,
                wire,
                replies,
                new Greeting(tokens, positions, device, options.clientName()),
                options,
                frame -> {
                    router.route(frame);
                    outbox.pump();
                },
                to -> {
                    state = to;
                    events.tell("stateChanged", l -> l.stateChanged(to));
                });
        lifecycle.tell(List.of(
                positions,
                acks,
                new SilenceWatch(turns, wire, replies, lifecycle::lastHeard, lifecycle::lose),
                refresh,
                reads,
                calls,
                outbox));

        ClientState.Saved saved = given.state.load();
        positions.restore(saved);
        outbox.restore(saved.outbox());
    }

    private void lose(CloseReason reason) {
        lifecycle.lose(reason);
    }

    Outbox outbox() {
        return outbox;
    }

    ReadMarks reads() {
        return reads;
    }

    Calls calls() {
        return calls;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    ConnectionState state() {
        return state;
    }

    /** What is confirmed is told to the server before the link ends. */
    void close() {
        acks.flush();
        reads.flush();
        wire.flush();
        lifecycle.close();
        outbox.close();
    }
}
