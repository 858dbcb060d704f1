package io.lastack.internal.session;

import io.lastack.cursor.CursorKey;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.Handshake;
import io.lastack.session.ServerFrame;
import io.lastack.session.Session;
import io.lastack.session.SessionInfo;
import io.lastack.session.Status;
import io.lastack.spi.UserContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its opening to its end: authentication, heartbeat, the frames in, the frames out. It ends exactly
 * once, whoever asks for it. Thread-safe.
 */
public final class ClientSession implements Session, PumpEvents, Heartbeat.Watched {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    /** How long the peer of a connection that ends may take what is in flight, and hear why. */
    static final Duration KILL_AFTER = Duration.ofSeconds(1);

    private final String id;
    private final SessionServices services;
    private final Connection connection;
    private final FrameHandler handler;
    private final Outbound outbound;
    private final Pump pump;
    private final Replies replies;
    private final Inbound inbound;
    private final Login login;
    private final SessionTally tally;
    private final Refusals refusals;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean touched = new AtomicBoolean();
    private final Heartbeat heartbeat;
    private volatile long number;
    private volatile @Nullable UserContext context;
    private volatile @Nullable DeviceId device;
    private volatile @Nullable Subscriptions subscriptions;

    public ClientSession(
            String id, SessionServices services, Connection connection, Handshake handshake, FrameHandler handler) {
        this.id = id;
        this.services = services;
        this.connection = connection;
        this.handler = handler;
        this.tally = new SessionTally(services.runtime(), connection);
        this.refusals = new Refusals(services.options());
        this.heartbeat = new Heartbeat(services, this);
        int maxOutbound = services.options().windowBytes() + services.options().outboundBytes();
        this.outbound = new Outbound(connection, services.wheel(), maxOutbound, services.budget(), this::pumpAgain);
        this.pump = new Pump(services, outbound, this);
        this.replies = new Replies(outbound, pump, services.options().maxPendingRequests(), ended::get);
        this.inbound = new Inbound(this::handle, this::flush);
        this.login = new Login(this, services, handshake);
    }

    /** Which connection of its node this is: the later ones have higher numbers. */
    long number() {
        return number;
    }

    /** Begins: registers, and logs in at once if the handshake said enough. */
    public void open() {
        number = services.registry().opened(this);
        heartbeat.opened();
        login.begin();
    }

    // ---- what the transport says

    @Override
    public void received(List<ClientFrame> frames) {
        activity();
        if (inbound.size() + frames.size() > services.options().maxPendingRequests() * 2) {
            end(new CloseReason(CloseReason.RATE_LIMITED, "too many frames while earlier ones were being handled"));
            return;
        }
        inbound.add(frames);
    }

    @Override
    public void malformed(CloseReason reason) {
        end(reason);
    }

    @Override
    public void activity() {
        heartbeat.activity();
    }

    @Override
    public void closed(CloseReason reason) {
        finish(reason, outbound::abandon);
    }

    private void handle(ClientFrame frame) {
        if (ended.get()) {
            return;
        }
        if (frame instanceof ClientFrame.Hello hello) {
            login.hello(hello);
        } else if (frame instanceof ClientFrame.Invalid invalid) {
            replies.refuse(invalid.requestId(), Status.of(400, invalid.message()));
        } else if (!login.isDone()) {
            end(new CloseReason(CloseReason.UNAUTHENTICATED, "the first frame must be hello"));
        } else if (frame instanceof ClientFrame.Request request && request.requestId() < 1) {
            replies.refuse(0, Status.of(400, "requestId is missing or not positive"));
        } else {
            if (isUsersDoing(frame)) {
                services.events().forEach(events -> events.active(this));
            }
            handler.handle(this, frame);
        }
    }

    /** What a device does by itself says nothing of its user. */
    private static boolean isUsersDoing(ClientFrame frame) {
        return !(frame instanceof ClientFrame.Ack
                || frame instanceof ClientFrame.Ping
                || frame instanceof ClientFrame.Presence);
    }

    // ---- what handlers use

    public String id() {
        return id;
    }

    /** Only after authentication. */
    public UserId user() {
        return context().user();
    }

    /** Only after authentication. */
    public DeviceId device() {
        return Objects.requireNonNull(device, "not authenticated");
    }

    /** Only after authentication. */
    public UserContext context() {
        return Objects.requireNonNull(context, "not authenticated");
    }

    public boolean isAuthenticated() {
        return device != null;
    }

    public String remoteAddress() {
        return connection.remoteAddress();
    }

    /** What the host may know of it; only after authentication. */
    public SessionInfo info(String node) {
        return tally.info(this, heartbeat.silentNanos(), node);
    }

    SessionTally tally() {
        return tally;
    }

    /** A message or notification came from the client, whatever becomes of it. */
    public void messageReceived() {
        tally.messageReceived();
    }

    /** The frame was over the rate limit: the client is told, and closed when that happens time after time. */
    public void overLimit(long requestId, Status status) {
        replies.refuse(requestId, status);
        if (refusals.exceeded(services.runtime().nanoTime())) {
            end(new CloseReason(CloseReason.RATE_LIMITED, "repeatedly over the rate limit"));
        }
    }

    /** A member's view of one conversation, or null if this user does not have it. */
    public @Nullable Standing standing(ConversationId conversation) {
        Watch watch = pump.find(conversation);
        if (watch == null) {
            return null;
        }
        synchronized (pump) {
            return new Standing(
                    watch.firstSeq, watch.readableHead(), watch.isMember(), watch.lastRead, watch.mutedUntil);
        }
    }

    /** Remembers how far the user has read. */
    public void readThrough(ConversationId conversation, long seq) {
        Watch watch = pump.find(conversation);
        if (watch != null) {
            synchronized (pump) {
                watch.lastRead = Math.max(watch.lastRead, seq);
            }
        }
    }

    /** What the client is told of its requests. */
    public Replies replies() {
        return replies;
    }

    public void send(ServerFrame frame) {
        outbound.add(frame);
    }

    /**
     * Queues a frame that may be lost, unless more waits for this connection than a consumer that keeps up would let gather.
     *
     * @return whether it was queued, and is to be flushed
     */
    public boolean sendDroppable(DroppableFrame frame) {
        return outbound.addDroppable(frame.form(outbound.encoder()));
    }

    /** Whether the connection is over. */
    public boolean isEnded() {
        return ended.get();
    }

    public void sendReceipt(ServerFrame.Receipt receipt) {
        outbound.addReceipt(receipt);
    }

    public void ack(ClientFrame.Ack ack) {
        for (ClientFrame.Position position : ack.positions()) {
            answer(pump.ack(position.conversation(), position.seq()));
        }
        for (ClientFrame.Nack nack : ack.nacks()) {
            answer(pump.nack(nack.conversation(), nack.seq(), nack.reason()));
        }
    }

    private void answer(@Nullable String problem) {
        if (problem != null) {
            outbound.add(new ServerFrame.Error(Status.of(422, problem)));
        }
    }

    /** Later frames wait until {@link #resumeInbound}. */
    public void pauseInbound() {
        inbound.pause();
    }

    public void resumeInbound() {
        inbound.resume();
    }

    // ---- what the engine says

    void conversationBegan(ConversationId conversation) {
        Subscriptions watching = subscriptions;
        if (watching != null) {
            watching.began(conversation);
        }
    }

    @Override
    public void membershipChanged(ConversationId conversation) {
        Subscriptions watching = subscriptions;
        if (watching != null) {
            watching.changed(conversation);
        }
    }

    /** The user belongs or belonged to so many conversations: whether there are some to look for. Does not block. */
    public boolean missesConversations(int count) {
        Subscriptions watching = subscriptions;
        return watching != null && watching.misses(count);
    }

    /** The conversations that this session misses are looked up. Blocks. */
    public void lookForConversations(int count) {
        Subscriptions watching = subscriptions;
        if (watching != null) {
            watching.lookForMissing(count);
        }
    }

    /** The store took no floor of this device in a conversation, as it is above what the user may see. */
    public void floorRefused(CursorKey key) {
        if (key.device().equals(device)) {
            pump.floorRefused(key.conversation());
        }
    }

    /** Looks a membership up now, so that what follows finds it. Blocks. */
    public void refreshMembership(ConversationId conversation) {
        Subscriptions watching = subscriptions;
        if (watching != null) {
            watching.reload(java.util.Set.of(conversation));
        }
    }

    @Override
    public void floorMoved(CursorKey key, long from, long to) {
        services.journal().acked(key, from, to);
    }

    @Override
    public void hopeless(Redelivery redelivery) {
        String reason = redelivery.reason();
        try {
            services.deliveries()
                    .undelivered(redelivery.watch().key, redelivery.seq(), redelivery.deliveries(), reason);
        } catch (RuntimeException e) {
            log.error("a delivery listener failed", e);
        }
        end(new CloseReason(
                CloseReason.SILENT,
                "seq " + redelivery.seq() + " was sent " + redelivery.deliveries() + " times and not acknowledged"));
    }

    @Override
    public boolean markTouched() {
        return touched.compareAndSet(false, true);
    }

    /** Pushes and writes what may be written. */
    @Override
    public void flush() {
        touched.set(false);
        if (ended.get()) {
            return;
        }
        pump.pump();
        outbound.flush();
        if (outbound.overflowed()) {
            kill(new CloseReason(CloseReason.TOO_SLOW, "the consumer is too slow for the outbound limit"));
        }
    }

    private void pumpAgain() {
        pump.pump();
    }

    // ---- life

    /** Known from now on; events for its conversations are collected. */
    @Nullable
    Subscriptions authenticated(UserContext user, DeviceId deviceId) {
        context = user;
        Subscriptions watching = new Subscriptions(services, pump, outbound, user.user(), deviceId, this::flush);
        subscriptions = watching;
        device = deviceId;
        services.registry()
                .authenticated(this, services.options().devicesPerUser())
                .forEach(gone -> gone.session().end(new CloseReason(CloseReason.REPLACED, gone.reason())));
        if (!ended.get()) {
            services.events().forEach(events -> events.entered(this));
        }
        if (ended.get()) {
            services.registry().closed(this);
            services.events().forEach(events -> events.left(this));
            return null;
        }
        return watching;
    }

    void renewed(UserContext user) {
        context = user;
        heartbeat.renewed();
    }

    /** Logged in: from here on the heartbeat watches. */
    void established() {
        heartbeat.established();
    }

    @Override
    public boolean isGreeted() {
        return login.hasBegun();
    }

    @Override
    public long expiresAt() {
        return context().expiresAt();
    }

    @Override
    public long stalledNanos() {
        return outbound.stalledNanos();
    }

    /** What waits for this connection and what is in flight, in bytes. */
    long heldBytes() {
        return outbound.heldBytes();
    }

    @Override
    public void warnOfExpiry(long inMillis) {
        outbound.add(new ServerFrame.TokenExpiring(inMillis));
    }

    @Override
    public void ping() {
        connection.ping();
    }

    @Override
    public void checkAcks() {
        pump.checkAcks();
        flush();
    }

    /** Ends in good order: what waits is written, if the peer takes it within a moment, then the reason. */
    @Override
    public void end(CloseReason reason) {
        finish(reason, () -> {
            if (!outbound.close(() -> connection.close(reason))) {
                services.wheel().schedule(KILL_AFTER, outbound::giveUp);
            }
        });
    }

    /** Ends although the peer may not take another byte: a moment for the reason to get through, and no more. */
    @Override
    public void kill(CloseReason reason) {
        finish(reason, () -> {
            outbound.abandon();
            connection.close(reason);
            services.wheel().schedule(KILL_AFTER, connection::kill);
        });
    }

    private void finish(CloseReason reason, Runnable disconnect) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        heartbeat.stop();
        Subscriptions watching = subscriptions;
        if (watching != null) {
            watching.close();
        }
        services.registry().closed(this);
        services.registry().ended(reason.code());
        if (isAuthenticated()) {
            services.events().forEach(events -> events.left(this));
        }
        inbound.clear();
        disconnect.run();
        tally.logEnd(this, context, pump.delivered(), reason);
    }
}
