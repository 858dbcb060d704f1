package io.lastack;

import io.lastack.internal.append.AppendBatcher;
import io.lastack.internal.append.Intake;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal;
import io.lastack.internal.cursor.CursorJournal;
import io.lastack.internal.cursor.Reading;
import io.lastack.internal.dispatch.Dispatcher;
import io.lastack.internal.dispatch.Elsewhere;
import io.lastack.internal.dispatch.HostAppends;
import io.lastack.internal.fanout.ConversationIndex;
import io.lastack.internal.group.GroupService;
import io.lastack.internal.own.BlockCache;
import io.lastack.internal.own.OwnSettings;
import io.lastack.internal.presence.LocalPresence;
import io.lastack.internal.presence.PresenceWatch;
import io.lastack.internal.privacy.Erasing;
import io.lastack.internal.receipt.ReceiptPush;
import io.lastack.internal.repair.Repairer;
import io.lastack.internal.request.EphemeralRequests;
import io.lastack.internal.request.PresenceRequests;
import io.lastack.internal.request.RateGate;
import io.lastack.internal.request.ReceiptQueries;
import io.lastack.internal.request.Requests;
import io.lastack.internal.request.RoomRequests;
import io.lastack.internal.request.StatusUpdates;
import io.lastack.internal.retention.Sweeper;
import io.lastack.internal.room.Rooms;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.EpochGuard;
import io.lastack.internal.session.FrameHandler;
import io.lastack.internal.session.Logouts;
import io.lastack.internal.session.OutboundBudget;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.internal.session.SessionServices;
import io.lastack.internal.session.TokenCheck;
import io.lastack.internal.task.BoundedExecutor;
import io.lastack.internal.timer.TimerWheel;
import io.lastack.internal.undelivered.UndeliveredLook;
import io.lastack.internal.undelivered.UndeliveredWatch;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.memory.MemoryPresenceDirectory;
import io.lastack.memory.MemoryRevocations;
import io.lastack.session.CloseReason;
import io.lastack.session.Connection;
import io.lastack.session.Handshake;
import io.lastack.session.Session;
import io.lastack.session.SessionAcceptor;
import io.lastack.spi.Authenticator.Credentials;
import io.lastack.spi.DeliveryMarks;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import io.lastack.spi.LogRetention;
import io.lastack.spi.MessageListener;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.RetentionPolicy;
import io.lastack.spi.Revocations;
import io.lastack.spi.UndeliveredListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messaging engine of one node. Transports bring it connections ({@link #accept}); the host sends, reads and asks
 * through {@link #messages}, {@link #groups}, {@link #notifications}, {@link #receipts} and {@link #presence}, and looks
 * after what is kept through {@link #retention} and {@link #privacy}. Thread-safe.
 *
 * <p>A confirmed message is in the store's log, once, and reaches every device of every entitled member, in order of seq;
 * what a device still needs is always the log after its last acknowledgement.
 */
public final class ImEngine implements SessionAcceptor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImEngine.class);
    /** What clients ask for and the store has to answer; appends and positions do not wait behind it. */
    private static final int BLOCKING_AT_ONCE = 8;

    private static final Duration LONGEST_TOKEN = Duration.ofDays(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final EngineRuntime runtime;
    private final EngineOptions options;
    private final Cluster cluster;
    private final SessionRegistry sessions;
    private final SessionServices services;
    private final CursorJournal journal;
    private final Repairer repairer;
    private final AppendBatcher batcher;
    private final FrameHandler requests;
    private final Drain drain;
    private final Messages messages;
    private final Groups groups;
    private final Notifications notifications;
    private final UserSettings settings;
    private final ReceiptView receipts;
    private final PresenceView presence;
    private final Sessions sessionsView;
    private final RoomView rooms;
    private final EngineCounters counters;
    private final HealthCheck health;
    private final @Nullable Sweeper sweeper;
    private final @Nullable UndeliveredWatch undelivered;
    private final Retention retention;
    private final Privacy privacy;

    ImEngine(ImEngineBuilder with) {
        ImStore store = with.store;
        this.runtime = with.runtime;
        this.options = with.options;
        ConversationIndex index = new ConversationIndex(options.tailBytes());
        TimerWheel wheel = new TimerWheel(runtime);
        String node = with.nodeId != null ? with.nodeId : drawNodeId(with);
        this.cluster = new Cluster(runtime, with.cluster, node, with.bus);
        index.onWatched(this::watched);
        this.sessions = new SessionRegistry(index, cluster);
        this.repairer = new Repairer(store, runtime, options.repairInterval(), index, sessions);
        index.onGap(repairer::suspect);
        index.onHint(repairer::hint);
        ReceiptPush receiptPush = new ReceiptPush(index, sessions, cluster, with.policy);
        this.journal = new CursorJournal(store.cursors(), runtime, options.flushInterval(), receiptPush);
        BlockCache blocks = new BlockCache(store.memberships(), runtime);
        this.undelivered = undeliveredWatch(with);
        List<MessageListener> listeners = new ArrayList<>(with.listeners);
        if (undelivered != null) {
            listeners.add(undelivered);
        }
        Dispatcher dispatcher = new Dispatcher(index, sessions, blocks, listeners, cluster);
        this.batcher = new AppendBatcher(store.log(), runtime, options, dispatcher);
        Intake intake = new Intake(batcher, runtime, options, with.interceptors);
        GroupService groupService = new GroupService(store, runtime, intake, with.policy, options.maxGroupMembers());
        OwnSettings ownSettings = new OwnSettings(intake);
        Reading reading = new Reading(store.memberships(), journal, runtime);
        PresenceDirectory directory = with.directory != null ? with.directory : MemoryPresenceDirectory.create(runtime);
        PresenceWatch watch = new PresenceWatch(
                cluster,
                directory,
                with.audience.hidesFromBlocked() ? blocks : null,
                runtime,
                with.presence,
                with.presenceListeners);
        blocks.onChange(by -> {
            watch.blocksChanged(List.of(by));
            cluster.tell(by.value(), new ClusterSignal.Presence(List.of(by)));
        });
        LocalPresence local = new LocalPresence(
                sessions, cluster, directory, runtime, with.presence, options.devicesPerUser(), watch);
        Rooms inRooms =
                new Rooms(sessions, cluster, directory, runtime, with.presence, with.policy, with.roomListeners);
        local.onForgotten(inRooms::enterAgain);
        local.onUpkeep(inRooms::settle);
        EpochGuard epochs = new EpochGuard(store, runtime, sessions, cluster);
        EphemeralRequests ephemeral = new EphemeralRequests(index, cluster, options);
        OutboundBudget budget =
                new OutboundBudget(options.totalOutboundBytes(), runtime, wheel, sessions::size, sessions::all);
        Revocations revocations =
                with.revocations != null ? with.revocations : MemoryRevocations.forTokensOf(LONGEST_TOKEN, runtime);
        RateGate gate = new RateGate(with.limiter);
        BoundedExecutor blocking = new BoundedExecutor(runtime, BLOCKING_AT_ONCE);
        this.services = new SessionServices(
                runtime,
                blocking,
                options,
                store,
                with.authenticator,
                wheel,
                index,
                sessions,
                journal,
                epochs,
                with.deliveries,
                budget,
                with.limiter,
                revocations,
                List.of(local, watch, inRooms));
        this.requests = new Requests(
                store,
                runtime,
                blocking,
                options,
                with.policy,
                intake,
                journal,
                groupService,
                ephemeral,
                gate,
                new PresenceRequests(watch, with.audience),
                new RoomRequests(inRooms),
                ownSettings,
                reading,
                blocks);
        this.drain = new Drain(runtime, sessions, journal, batcher, () -> {
            local.end();
            cluster.leave();
        });
        this.messages = new Messages(intake, store, new HostAppends(runtime, dispatcher));
        this.groups = new Groups(groupService);
        this.notifications = new Notifications(messages, directory, new StatusUpdates(intake, store.log()), runtime);
        this.settings = new UserSettings(ownSettings, store.memberships());
        this.receipts = new ReceiptView(new ReceiptQueries(store), reading, runtime);
        Logouts logouts = new Logouts(sessions, revocations, cluster, runtime);
        this.presence = new PresenceView(sessions, watch, logouts);
        this.rooms = new RoomView(inRooms);
        this.sessionsView = new Sessions(sessions, logouts, node);
        this.counters = new EngineCounters(
                batcher, journal, receiptPush, index, repairer, cluster, sessions, budget, gate, inRooms);
        this.health = new HealthCheck(
                store, batcher, options, drain::isDraining, () -> with.bus != null && !counters.busConnected());
        LogRetention retaining = store.retention().orElse(null);
        this.sweeper = retaining == null
                ? null
                : new Sweeper(retaining, runtime, index, with.retention, with.retentionInterval);
        this.retention = new Retention(retaining, sweeper, index);
        this.privacy = new Privacy(
                store,
                store.erasure()
                        .map(erasure -> new Erasing(
                                erasure, store.memberships(), runtime, sessions, groupService, journal, index))
                        .orElse(null));
        startSweeping(with.retention);
        if (undelivered != null) {
            undelivered.start();
        }
        epochs.listen();
        ephemeral.listen();
        receiptPush.listen();
        inRooms.listen();
        local.begin();
        logouts.listen();
        new Elsewhere(cluster, index, sessions, runtime).listen();
        cluster.onMissed(this::repairQuietly);
        cluster.onMissed(watch::allChanged);
        cluster.join();
    }

    /** A node that is alone needs no name. */
    private static String drawNodeId(ImEngineBuilder with) {
        return with.bus == null
                ? "alone"
                : String.format("%016x", with.runtime.random().nextLong());
    }

    private void watched(ConversationId conversation, boolean begins) {
        if (begins) {
            cluster.listen(conversation.value());
        } else {
            cluster.ignore(conversation.value());
        }
    }

    private void repairQuietly() {
        repairer.repairNow().exceptionally(failure -> {
            log.warn("comparing with the store failed; the next round compares again: {}", failure.toString());
            return null;
        });
    }

    private static @Nullable UndeliveredWatch undeliveredWatch(ImEngineBuilder with) {
        UndeliveredListener listener = with.undelivered;
        if (listener == null) {
            return null;
        }
        DeliveryMarks marks = with.store
                .deliveryMarks()
                .orElseThrow(() -> new IllegalStateException(
                        "this store cannot remember which undelivered messages were told of"));
        UndeliveredLook look = new UndeliveredLook(with.store, marks, listener);
        return new UndeliveredWatch(marks, with.runtime, look, with.undeliveredAfter);
    }

    private void startSweeping(RetentionPolicy policy) {
        if (policy.keepsEverything()) {
            return;
        }
        if (sweeper == null) {
            throw new IllegalStateException("this store cannot delete old messages, which " + policy + " asks for");
        }
        sweeper.start();
    }

    /** Begins to wire an engine over a store, which stays the host's to close. */
    public static ImEngineBuilder builder(ImStore store) {
        return new ImEngineBuilder(store);
    }

    @Override
    public Session accept(Connection connection, Handshake handshake) {
        String id = String.format("%016x", runtime.random().nextLong());
        ClientSession session = new ClientSession(id, services, connection, handshake, requests);
        if (drain.isDraining()) {
            session.end(new CloseReason(CloseReason.GOING_AWAY, "this node is going away; connect again"));
            return session;
        }
        session.open();
        repairer.wake();
        return session;
    }

    public Messages messages() {
        return messages;
    }

    public Groups groups() {
        return groups;
    }

    public Notifications notifications() {
        return notifications;
    }

    /** What users set for themselves: how conversations are shown, and whom they block. */
    public UserSettings settings() {
        return settings;
    }

    public ReceiptView receipts() {
        return receipts;
    }

    /** The name of this node among those over the same bus. */
    public String nodeId() {
        return cluster.node();
    }

    public PresenceView presence() {
        return presence;
    }

    /** The connections whose clients are logged in. */
    public Sessions sessions() {
        return sessionsView;
    }

    /** Rooms, and what is said to everybody online. */
    public RoomView rooms() {
        return rooms;
    }

    public Retention retention() {
        return retention;
    }

    public Privacy privacy() {
        return privacy;
    }

    public EngineOptions options() {
        return options;
    }

    /**
     * For transports that refuse a client before they bring its connection: why a login with this token would be refused
     * now, since it is not valid, has ended, is of another device or was revoked. Blocks.
     *
     * @param device what the client calls its device, or null if it has not said so yet
     * @return what to tell the client; empty if nothing speaks against it so far
     */
    public Optional<String> refusal(Credentials credentials, @Nullable DeviceId device) {
        return TokenCheck.refusal(services, credentials, device);
    }

    /** What the engine runs on: for transports, which take time and threads for what may block from it. */
    public EngineRuntime runtime() {
        return runtime;
    }

    /** Whether this engine can do its work now. Blocks, as the store is asked. */
    public Health health() {
        return health.look();
    }

    /** What the engine has done since it was made. */
    public EngineCounters counters() {
        return counters;
    }

    /**
     * Compares what everybody connected here watches with the store, now: for a host that learns that other nodes may have
     * stored messages unheard, as after the link to them was lost. Without it that happens every
     * {@link EngineOptions#repairInterval}.
     *
     * @return completes on an engine thread when everything was compared; exceptionally with a
     *     {@link io.lastack.error.StoreException} if the store did not answer
     */
    public CompletionStage<Void> repair() {
        return repairer.repairNow();
    }

    /**
     * Takes no new connections, tells the clients to go elsewhere, waits for what is being stored, stores all cursors, and
     * closes the connections.
     *
     * @param patience how long to wait at the most for appends under way
     * @return completes when nothing is left to do; never exceptionally
     */
    public CompletionStage<Void> drain(Duration patience) {
        if (sweeper != null) {
            sweeper.stop();
        }
        if (undelivered != null) {
            undelivered.stop();
        }
        return drain.begin(patience);
    }

    /** Drains, with little patience, and waits for it. */
    @Override
    public void close() {
        CompletableFuture<Void> drained = drain(CLOSE_TIMEOUT.dividedBy(2)).toCompletableFuture();
        try {
            drained.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the engine did not drain within {}", CLOSE_TIMEOUT, e);
        }
    }
}
