package io.lastack;

import io.lastack.memory.MemoryRevocations;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.Authenticator;
import io.lastack.spi.Bus;
import io.lastack.spi.ClusterOptions;
import io.lastack.spi.DeliveryListener;
import io.lastack.spi.EngineOptions;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import io.lastack.spi.MessageListener;
import io.lastack.spi.PresenceAudience;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceListener;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.RateLimiter;
import io.lastack.spi.RetentionPolicy;
import io.lastack.spi.Revocations;
import io.lastack.spi.RoomListener;
import io.lastack.spi.SendInterceptor;
import io.lastack.spi.UndeliveredListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wires an engine: everything but the store has a default. Not thread-safe. */
public final class ImEngineBuilder {
    final ImStore store;
    final List<SendInterceptor> interceptors = new ArrayList<>();
    final List<MessageListener> listeners = new ArrayList<>();
    EngineRuntime runtime = SystemRuntime.SHARED;
    EngineOptions options = EngineOptions.defaults();
    Authenticator authenticator =
            credentials -> new Authenticator.AuthOutcome.Rejected("this server has no authenticator");
    AccessPolicy policy = AccessPolicy.MEMBERS;
    DeliveryListener deliveries = (device, seq, attempts, reason) -> {};
    RetentionPolicy retention = RetentionPolicy.EVERYTHING;
    Duration retentionInterval = Duration.ofHours(1);
    RateLimiter limiter = RateLimiter.NONE;

    @Nullable
    UndeliveredListener undelivered;

    Duration undeliveredAfter = Duration.ofSeconds(30);

    /** Null for those in memory, which need the runtime. */
    @Nullable
    Revocations revocations;

    @Nullable
    Bus bus;

    @Nullable
    String nodeId;

    @Nullable
    PresenceDirectory directory;

    ClusterOptions cluster = ClusterOptions.defaults();
    PresenceOptions presence = PresenceOptions.defaults();
    PresenceAudience audience = PresenceAudience.EVERYBODY;
    final List<PresenceListener> presenceListeners = new ArrayList<>();
    final List<RoomListener> roomListeners = new ArrayList<>();

    /** The runtime of engines that were given none: made when the first of them is, and shared by all. */
    private static final class SystemRuntime {
        static final EngineRuntime SHARED = ImRuntime.system();
    }

    ImEngineBuilder(ImStore store) {
        this.store = store;
    }

    /** Who is behind a token. By default nobody is let in. */
    public ImEngineBuilder authenticator(Authenticator newAuthenticator) {
        authenticator = newAuthenticator;
        return this;
    }

    public ImEngineBuilder policy(AccessPolicy newPolicy) {
        policy = newPolicy;
        return this;
    }

    public ImEngineBuilder options(EngineOptions newOptions) {
        options = newOptions;
        return this;
    }

    /** Time, threads and chance; by default the machine's own ({@link ImRuntime#system}), shared by all engines. */
    public ImEngineBuilder runtime(EngineRuntime newRuntime) {
        runtime = newRuntime;
        return this;
    }

    /** Interceptors are asked in the order in which they were added. */
    public ImEngineBuilder interceptor(SendInterceptor interceptor) {
        interceptors.add(interceptor);
        return this;
    }

    public ImEngineBuilder messageListener(MessageListener listener) {
        listeners.add(listener);
        return this;
    }

    public ImEngineBuilder deliveryListener(DeliveryListener listener) {
        deliveries = listener;
        return this;
    }

    /**
     * Joins this engine to others over the same store. Without a bus other engines are found out about only by comparing
     * with the store ({@link EngineOptions#repairInterval}), and who is connected to them is not known. Goes together with
     * {@link #presenceDirectory}. The bus stays the host's to close.
     */
    public ImEngineBuilder bus(Bus newBus) {
        bus = newBus;
        return this;
    }

    /**
     * The name of this node, unique among those that run at the same time; drawn by chance if it is not given.
     *
     * @param id 1 to 64 of {@code A-Z a-z 0-9 . _ @ + -}
     */
    public ImEngineBuilder nodeId(String id) {
        if (!id.matches("[A-Za-z0-9._@+-]{1,64}")) {
            throw new IllegalArgumentException(
                    "node id " + id + " is not allowed; 1 to 64 of A-Z a-z 0-9 . _ @ + - are");
        }
        nodeId = id;
        return this;
    }

    /** Knows who is connected to any node: the same for all nodes. It stays the host's to close. */
    public ImEngineBuilder presenceDirectory(PresenceDirectory newDirectory) {
        directory = newDirectory;
        return this;
    }

    /** How presence and rooms behave. */
    public ImEngineBuilder presence(PresenceOptions newOptions) {
        presence = newOptions;
        return this;
    }

    /** Who may see whether somebody is online. By default every user may. */
    public ImEngineBuilder presenceAudience(PresenceAudience newAudience) {
        audience = newAudience;
        return this;
    }

    public ImEngineBuilder presenceListener(PresenceListener listener) {
        presenceListeners.add(listener);
        return this;
    }

    public ImEngineBuilder roomListener(RoomListener listener) {
        roomListeners.add(listener);
        return this;
    }

    /** How nodes keep in touch. */
    public ImEngineBuilder cluster(ClusterOptions newOptions) {
        cluster = newOptions;
        return this;
    }

    /**
     * Who hears of messages that no device of a member has acknowledged in time: for push notifications.
     *
     * @param after how long after a message was stored, from a second to a day; told up to a quarter of that later, and half a
     *     minute at the most
     */
    public ImEngineBuilder undeliveredListener(UndeliveredListener listener, Duration after) {
        if (after.compareTo(Duration.ofSeconds(1)) < 0 || after.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("after " + after + " is not allowed; a second to a day is");
        }
        undelivered = listener;
        undeliveredAfter = after;
        return this;
    }

    /** How often clients may do what. By default as often as they like. */
    public ImEngineBuilder rateLimiter(RateLimiter newLimiter) {
        limiter = newLimiter;
        return this;
    }

    /**
     * Which tokens are no longer good. By default {@link MemoryRevocations} for tokens that live for 30 days at the most: gone
     * with the process, and heeded by this engine and those that it reaches over the bus.
     */
    public ImEngineBuilder revocations(Revocations newRevocations) {
        revocations = newRevocations;
        return this;
    }

    /** Deletes old messages as the policy says, once an hour. By default everything is kept. */
    public ImEngineBuilder retention(RetentionPolicy policy) {
        retention = policy;
        return this;
    }

    /**
     * Deletes old messages as the policy says.
     *
     * @param interval from the end of one sweep through all conversations to the next, more than zero; the first begins
     *     within it
     */
    public ImEngineBuilder retention(RetentionPolicy policy, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval " + interval + " is not allowed; more than zero is");
        }
        retentionInterval = interval;
        return retention(policy);
    }

    /**
     * @throws IllegalStateException if the retention policy deletes and the store cannot, or if only one of bus and presence
     *     directory is given
     */
    public ImEngine build() {
        if ((bus == null) != (directory == null)) {
            throw new IllegalStateException("a bus and a presence directory go together; only the "
                    + (bus == null ? "directory" : "bus") + " is given");
        }
        return new ImEngine(this);
    }
}
