package io.lastack.internal.presence;

import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.Claimed;
import io.lastack.internal.cluster.ClusterSignal.Presence;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.SessionEvents;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.UserId;
import io.lastack.session.CloseReason;
import io.lastack.spi.DevicesPerUser;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceEntry;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the directory up to date with the sessions of this node, and ends those whose device has connected elsewhere since.
 * Of two connections of a device, the one with the later claim stays, whatever is lost on the bus: each node also compares
 * its sessions with the directory. Thread-safe.
 */
public final class LocalPresence implements SessionEvents {
    private static final Logger log = LoggerFactory.getLogger(LocalPresence.class);
    private static final int BATCH = 500;
    private static final int MOST_SLICES = 30;

    private final SessionRegistry sessions;
    private final Cluster cluster;
    private final PresenceDirectory directory;
    private final EngineRuntime runtime;
    private final PresenceOptions options;
    private final DevicesPerUser rule;
    private final PresenceWatch watch;
    private final SerialExecutor tasks;
    private final ConcurrentHashMap<String, Place> places = new ConcurrentHashMap<>();
    private final List<Runnable> whenForgotten = new ArrayList<>();
    private final List<Runnable> atUpkeep = new ArrayList<>();
    private Set<Place> changed = new LinkedHashSet<>();
    private List<PresenceEntry> leaving = new ArrayList<>();
    private boolean running;
    private volatile boolean stopped;
    private long renewedNanos;
    private int turn;

    /** One session of this node. */
    private static final class Place {
        final ClientSession session;
        volatile PresenceEntry entry;
        /** Whether the directory has had its say in which connection of the device counts. */
        volatile boolean claimed;

        volatile long activeNanos;

        Place(ClientSession session, PresenceEntry proposed, long nowNanos) {
            this.session = session;
            this.entry = proposed;
            this.activeNanos = nowNanos;
        }
    }

    public LocalPresence(
            SessionRegistry sessions,
            Cluster cluster,
            PresenceDirectory directory,
            EngineRuntime runtime,
            PresenceOptions options,
            DevicesPerUser rule,
            PresenceWatch watch) {
        this.sessions = sessions;
        this.cluster = cluster;
        this.directory = directory;
        this.runtime = runtime;
        this.options = options;
        this.rule = rule;
        this.watch = watch;
        this.tasks = new SerialExecutor(runtime);
    }

    /** Run on a thread that may block, when the directory has forgotten this node: what else is kept there is entered again. */
    public void onForgotten(Runnable task) {
        whenForgotten.add(task);
    }

    /** Run from time to time on a thread that may block. */
    public void onUpkeep(Runnable task) {
        atUpkeep.add(task);
    }

    /** Takes this node's place in the directory. */
    public void begin() {
        cluster.on(Claimed.class, this::claimedElsewhere);
        cluster.on(Presence.class, presence -> watch.blocksChanged(presence.users()));
        renewedNanos = runtime.nanoTime();
        tasks.execute(() -> quietly("beginning the node's lease", () -> directory.begin(cluster.node(), lease())));
        if (!cluster.isAlone()) {
            wake();
        }
    }

    /** Gives this node's place in the directory back. Blocks. */
    public void end() {
        stopped = true;
        quietly("ending the node's lease", () -> directory.end(cluster.node()));
    }

    /** A node that is alone needs no sign of life. */
    private Duration lease() {
        return cluster.isAlone() ? Duration.ofDays(36_500) : cluster.options().lease();
    }

    // ---- sessions

    @Override
    public void entered(ClientSession session) {
        long now = runtime.currentTimeMillis();
        String kind = rule.kindOf(session.context().deviceKind(), session.device());
        PresenceEntry proposed = new PresenceEntry(
                session.user(), session.device(), cluster.node(), session.id(), now, now, false, kind);
        Place place = new Place(session, proposed, runtime.nanoTime());
        places.put(session.id(), place);
        try {
            claim(place);
        } catch (RuntimeException e) {
            log.warn("the presence directory took no entry; it is tried again: {}", e.toString());
        }
        if (!places.containsKey(session.id())) {
            leave(place);
        }
        announce(Set.of(session.user()));
        wake();
    }

    private void claim(Place place) {
        PresenceEntry entry = directory.claim(place.entry);
        place.entry = entry;
        place.claimed = true;
        cluster.tell(entry.user().value(), new Claimed(entry.user(), entry.device(), entry.since(), entry.session()));
        if (sessions.of(entry.user()).size() > 1) {
            compareDevices(entry.user());
        }
    }

    @Override
    public void left(ClientSession session) {
        Place place = places.remove(session.id());
        if (place != null) {
            leave(place);
        }
    }

    private void leave(Place place) {
        PresenceEntry entry = place.entry;
        long idleMillis = (runtime.nanoTime() - place.activeNanos) / 1_000_000;
        PresenceEntry last = entry.withActivity(Math.max(0, runtime.currentTimeMillis() - idleMillis), entry.away());
        synchronized (this) {
            leaving.add(last);
            if (leaving.size() > 1) {
                return;
            }
        }
        tasks.execute(this::flush);
    }

    @Override
    public void active(ClientSession session) {
        Place place = places.get(session.id());
        if (place != null) {
            place.activeNanos = runtime.nanoTime();
            if (place.entry.away()) {
                change(place, false);
            }
        }
    }

    private void change(Place place, boolean away) {
        long idleMillis = (runtime.nanoTime() - place.activeNanos) / 1_000_000;
        place.entry = place.entry.withActivity(Math.max(0, runtime.currentTimeMillis() - idleMillis), away);
        synchronized (this) {
            changed.add(place);
            if (changed.size() > 1) {
                return;
            }
        }
        tasks.execute(this::flush);
    }

    /** Writes what has gathered; what cannot be written is kept. */
    private void flush() {
        List<PresenceEntry> gone;
        List<Place> moved;
        synchronized (this) {
            gone = leaving;
            moved = List.copyOf(changed);
            leaving = new ArrayList<>();
            changed = new LinkedHashSet<>();
        }
        if (!gone.isEmpty()) {
            try {
                for (List<PresenceEntry> some : batches(gone)) {
                    directory.leave(some);
                }
            } catch (RuntimeException e) {
                log.warn("{} devices that left stay in the presence directory for now: {}", gone.size(), e.toString());
                synchronized (this) {
                    leaving.addAll(0, gone);
                }
            }
            announce(gone.stream().map(PresenceEntry::user).toList());
        }
        if (!moved.isEmpty()) {
            quietly("keeping presence up to date", () -> put(moved));
            announce(moved.stream().map(place -> place.entry.user()).toList());
        }
    }

    private void put(List<Place> some) {
        for (List<Place> batch : batches(some)) {
            List<Place> here = batch.stream()
                    .filter(place -> place.claimed && places.containsKey(place.session.id()))
                    .toList();
            List<PresenceEntry> kept =
                    directory.put(here.stream().map(place -> place.entry).toList());
            for (int i = 0; i < here.size(); i++) {
                endIfOlder(here.get(i), kept.get(i));
            }
        }
    }

    private static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }

    private void announce(Collection<UserId> users) {
        Set<UserId> each = new TreeSet<>(users);
        watch.pin(each);
        watch.changed(each);
        each.forEach(user -> cluster.tell(user.value(), new Presence(List.of(user))));
    }

    // ---- the same device on two nodes

    private void claimedElsewhere(Claimed claim) {
        for (ClientSession session : sessions.of(claim.user())) {
            Place place = places.get(session.id());
            if (place == null || !place.claimed || !session.device().equals(claim.device())) {
                continue;
            }
            PresenceEntry own = place.entry;
            if (own.session().equals(claim.session())) {
                continue;
            }
            if (own.isAfter(claim.since(), claim.session())) {
                cluster.tell(own.user().value(), new Claimed(own.user(), own.device(), own.since(), own.session()));
            } else {
                replaced(session);
            }
        }
        if (!sessions.of(claim.user()).isEmpty()) {
            tasks.execute(() -> compareDevices(claim.user()));
        }
    }

    /** The other connections of a user may leave no place for some of this node's. */
    private void compareDevices(UserId user) {
        if (!cluster.isAlone()) {
            quietly(
                    "comparing a user's devices",
                    () -> directory.lookup(List.of(user)).forEach(this::endTooMany));
        }
    }

    private void endTooMany(UserPresence kept) {
        for (PresenceEntry tooMany : TooMany.of(kept.entries(), rule)) {
            Place place = places.get(tooMany.session());
            if (place != null && place.claimed && tooMany.isSameSession(place.entry)) {
                place.session.end(new CloseReason(CloseReason.REPLACED, TooMany.reason(rule)));
            }
        }
    }

    private void endIfOlder(Place place, PresenceEntry kept) {
        if (!kept.isSameSession(place.entry) && kept.isAfter(place.entry)) {
            replaced(place.session);
        }
    }

    private static void replaced(ClientSession session) {
        session.end(new CloseReason(CloseReason.REPLACED, "the same device connected again"));
    }

    // ---- upkeep

    private void wake() {
        synchronized (this) {
            if (running || stopped) {
                return;
            }
            running = true;
        }
        scheduleUpkeep();
    }

    private void scheduleUpkeep() {
        runtime.schedule(cluster.options().heartbeat(), () -> tasks.execute(this::upkeep));
    }

    private void upkeep() {
        synchronized (this) {
            if (stopped || (cluster.isAlone() && places.isEmpty() && leaving.isEmpty())) {
                running = false;
                return;
            }
        }
        quietly("renewing the node's lease", this::renew);
        flush();
        atUpkeep.forEach(Runnable::run);
        int slices = Math.max(1, Math.min(MOST_SLICES, places.size() / BATCH));
        int slice = turn++ % slices;
        List<Place> some = places.values().stream()
                .filter(place -> Math.floorMod(place.session.id().hashCode(), slices) == slice)
                .toList();
        some.forEach(this::checkActivity);
        if (!cluster.isAlone()) {
            quietly("comparing with the presence directory", () -> compare(some));
        }
        scheduleUpkeep();
    }

    private void renew() {
        long now = runtime.nanoTime();
        if (cluster.isAlone() || now - renewedNanos < lease().toNanos() / 4) {
            return;
        }
        if (!directory.renew(cluster.node(), lease())) {
            log.warn("the presence directory had forgotten node {}; all is entered again", cluster.node());
            put(List.copyOf(places.values()));
            whenForgotten.forEach(Runnable::run);
        }
        renewedNanos = now;
    }

    private void checkActivity(Place place) {
        long idle = runtime.nanoTime() - place.activeNanos;
        if (!place.entry.away() && idle >= options.awayAfter().toNanos()) {
            change(place, true);
        }
    }

    private void compare(List<Place> some) {
        List<Place> unclaimed = some.stream().filter(place -> !place.claimed).toList();
        unclaimed.forEach(place -> {
            claim(place);
            if (!places.containsKey(place.session.id())) {
                leave(place);
            }
        });
        List<Place> missing = new ArrayList<>();
        for (List<Place> batch : batches(some)) {
            List<UserPresence> kept = directory.lookup(
                    batch.stream().map(place -> place.entry.user()).toList());
            for (int i = 0; i < batch.size(); i++) {
                compare(batch.get(i), kept.get(i), missing);
                endTooMany(kept.get(i));
            }
        }
        put(missing);
    }

    private void compare(Place place, UserPresence kept, List<Place> missing) {
        kept.entries().stream()
                .filter(entry -> entry.device().equals(place.entry.device()))
                .findFirst()
                .ifPresentOrElse(entry -> endIfOlder(place, entry), () -> missing.add(place));
    }

    private static void quietly(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("{} failed; it is tried again: {}", what, e.toString());
        }
    }
}
