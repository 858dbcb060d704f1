package io.lastack.client;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import io.lastack.session.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connecting, online, waiting, stopped: moves a client between these, and tells its parts. */
final class Lifecycle implements LinkAttempt.Owner {
    /** Of a link that failed on this side, before anybody gave a code; never on the wire. */
    private static final int NO_LINK = 1006;

    private final Turns turns;
    private final Connector connector;
    private final Wire wire;
    private final Replies replies;
    private final Greeting greeting;
    private final Reconnect reconnect;
    private final Duration connectTimeout;
    private final Consumer<ServerFrame> otherFrames;
    private final Consumer<ConnectionState> states;
    private List<Part> parts = List.of();

    /** The attempt that counts; null while there is none. What others say is not heard. */
    private @Nullable LinkAttempt current;

    /** What ends the present state by itself: the deadline for connecting, a wait, or the time to go away. */
    private Turns.@Nullable Timer timer;

    private boolean online;
    private boolean closed;

    Lifecycle(
            Turns turns,
            Connector connector,
            Wire wire,
            Replies replies,
            Greeting greeting,
            ClientOptions options,
            Consumer<ServerFrame> otherFrames,
            Consumer<ConnectionState> states) {
        this.turns = turns;
        this.connector = connector;
        this.wire = wire;
        this.replies = replies;
        this.greeting = greeting;
        this.reconnect = new Reconnect(turns, options);
        this.connectTimeout = options.connectTimeout();
        this.otherFrames = otherFrames;
        this.states = states;
    }

    /** Told in this order. */
    void tell(List<Part> all) {
        parts = List.copyOf(all);
    }

    /** When anything came from the server last, by the runtime's monotonic clock. */
    long lastHeard() {
        return current == null ? turns.nanoTime() : current.lastHeard();
    }

    /** Connects now, unless that is done or under way. */
    void start() {
        if (current == null && !closed) {
            reconnect.forget();
            greeting.forgetRefusal();
            parts.forEach(Part::started);
            connect();
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            stop(new CloseReason(CloseReason.NORMAL, "closed by the application"));
        }
    }

    private void connect() {
        cancelTimer();
        LinkAttempt attempt = new LinkAttempt(turns, this);
        current = attempt;
        states.accept(new ConnectionState.Connecting(reconnect.attempt()));
        greeting.prepare(new Greeting.Answer() {
            @Override
            public void ready() {
                open(attempt);
            }

            @Override
            public void onlyRefusedToken() {
                if (attempt == current) {
                    stop(new CloseReason(
                            CloseReason.UNAUTHENTICATED, "the server refused the token, and there is no other"));
                }
            }

            @Override
            public void failed(String failure) {
                closed(attempt, new CloseReason(NO_LINK, "no token: " + failure));
            }
        });
    }

    private void open(LinkAttempt attempt) {
        if (attempt != current) {
            return;
        }
        timer = turns.after(
                connectTimeout, () -> lose(new CloseReason(NO_LINK, "no welcome within " + connectTimeout)));
        try {
            connector.connect(attempt);
        } catch (RuntimeException e) {
            lose(new CloseReason(NO_LINK, "cannot connect: " + e.getClass().getSimpleName()));
        }
    }

    @Override
    public void opened(LinkAttempt attempt, Connector.Link link) {
        if (attempt != current) {
            link.close();
            return;
        }
        wire.open(link);
        wire.add(greeting.hello(replies.expect(reply -> greeted(reply.status()))));
    }

    @Override
    public void received(LinkAttempt attempt, List<ServerFrame> frames) {
        for (ServerFrame frame : frames) {
            if (attempt != current) {
                return;
            }
            if (frame instanceof ServerFrame.Welcome welcome) {
                welcomed(welcome);
            } else if (frame instanceof ServerFrame.GoAway goAway) {
                toldToGo(goAway);
            } else {
                otherFrames.accept(frame);
            }
        }
    }

    @Override
    public void closed(LinkAttempt attempt, CloseReason reason) {
        if (attempt == current) {
            // A hello that was refused has its answer; without one, and without a welcome, it only came too late.
            if (online && reason.code() == CloseReason.UNAUTHENTICATED) {
                greeting.tokenRefused();
            }
            lose(reason);
        }
    }

    private void welcomed(ServerFrame.Welcome welcome) {
        if (online) {
            return;
        }
        var state = new ConnectionState.Online(
                welcome.sessionId(), new UserId(welcome.user()), new DeviceId(welcome.deviceId()));
        online = true;
        cancelTimer();
        reconnect.online();
        wire.limit(welcome.limits().maxPacketBytes());
        parts.forEach(part -> part.online(welcome));
        states.accept(state);
    }

    private void greeted(Status status) {
        if (status.isOk()) {
            return;
        }
        String words = "hello was refused with " + status.code() + ": " + status.message();
        switch (status.code()) {
            case 401 -> {
                greeting.tokenRefused();
                lose(new CloseReason(CloseReason.UNAUTHENTICATED, words));
            }
            case 429, 500, 503 -> lose(new CloseReason(NO_LINK, words), status.retryAfterMillis());
            default -> lose(new CloseReason(CloseReason.POLICY, words));
        }
    }

    private void toldToGo(ServerFrame.GoAway goAway) {
        reconnect.goAway(goAway);
        cancelTimer();
        timer = turns.after(
                Duration.ofMillis(Math.max(0, goAway.reconnectAfterMillis())),
                () -> lose(new CloseReason(CloseReason.GOING_AWAY, goAway.reason())));
    }

    /** Gives up the link, and sees to the next one. */
    void lose(CloseReason reason) {
        lose(reason, 0);
    }

    private void lose(CloseReason reason, long retryAfterMillis) {
        Duration wait = reconnect.linkLost(reason, retryAfterMillis);
        if (wait == null) {
            stop(reason);
            return;
        }
        endLink();
        states.accept(new ConnectionState.Waiting(turns.currentTimeMillis() + wait.toMillis(), reason));
        timer = turns.after(wait, this::connect);
    }

    private void stop(CloseReason reason) {
        endLink();
        parts.forEach(part -> part.stopped(reason));
        states.accept(new ConnectionState.Stopped(reason));
    }

    private void endLink() {
        cancelTimer();
        current = null;
        online = false;
        wire.close();
        parts.forEach(Part::offline);
        // Last, as it reaches the application, which may ask for more.
        replies.linkLost();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
