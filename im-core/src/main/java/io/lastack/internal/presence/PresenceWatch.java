package io.lastack.internal.presence;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.own.BlockCache;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.DroppableFrame;
import io.lastack.internal.session.SessionEvents;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceListener;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who follows whose presence here. What is said to have changed is gathered for a moment and then looked up, all at once; a
 * watcher is told of what differs from what it was told before. Hints only make this quicker: everybody who is watched is
 * looked up from time to time. Thread-safe.
 */
public final class PresenceWatch implements SessionEvents {
    private static final Logger log = LoggerFactory.getLogger(PresenceWatch.class);
    private static final int BATCH = 500;
    private static final int SLICE = 50;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final PresenceDirectory directory;
    private final @Nullable BlockCache blocks;
    private final EngineRuntime runtime;
    private final PresenceOptions options;
    private final List<PresenceListener> listeners;
    private final SerialExecutor tasks;
    private final Map<UserId, Watched> watched = new LinkedHashMap<>();
    private final Map<String, Set<UserId>> bySession = new HashMap<>();
    private Set<UserId> pending = new LinkedHashSet<>();
    private boolean sweeping;
    private int sweeps;

    /** @param sessions whom to tell in any case; others only if it is hidden from them now and was not, or the other way */
    private record News(UserPresence presence, Set<ClientSession> sessions, boolean forListeners) {}

    /** @param blocks null if nobody is hidden from whom it has blocked */
    public PresenceWatch(
            Cluster cluster,
            PresenceDirectory directory,
            @Nullable BlockCache blocks,
            EngineRuntime runtime,
            PresenceOptions options,
            List<PresenceListener> listeners) {
        this.cluster = cluster;
        this.directory = directory;
        this.blocks = blocks;
        this.runtime = runtime;
        this.options = options;
        this.listeners = List.copyOf(listeners);
        this.tasks = new SerialExecutor(runtime);
    }

    // ---- who watches

    /**
     * A session watches users from now on.
     *
     * @return their presence now, in their order; nothing of those who have blocked the session's user. Blocks.
     */
    public List<UserPresence> watch(ClientSession session, List<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        begin(session, users);
        if (session.isEnded()) {
            forget(session);
        }
        Set<UserId> blocking = blocks == null ? Set.of() : blocks.askAmong(users, session.user());
        List<UserPresence> now = new ArrayList<>(users.size());
        for (UserPresence presence : lookup(users)) {
            boolean hidden = begun(session, presence, blocking.contains(presence.user()));
            now.add(hidden ? UserPresence.unknown(presence.user()) : presence);
        }
        // What others were told before may differ.
        changed(users);
        return now;
    }

    /** @return whether this user is hidden from the session, which may have been found out meanwhile */
    private synchronized boolean begun(ClientSession session, UserPresence now, boolean blocked) {
        Watched of = watched.get(now.user());
        return of == null ? blocked : of.begun(session, now, blocked);
    }

    private synchronized void begin(ClientSession session, List<UserId> users) {
        Set<UserId> all = new LinkedHashSet<>(bySession.getOrDefault(session.id(), Set.of()));
        all.addAll(users);
        if (all.size() > options.maxWatched()) {
            throw new InvalidRequestException(
                    Reason.UNPROCESSABLE,
                    "this connection would watch " + all.size() + " users; at most " + options.maxWatched()
                            + " are allowed");
        }
        bySession.put(session.id(), all);
        users.forEach(user -> of(user).sessions.add(session));
        sweepLater();
    }

    private Watched of(UserId user) {
        return watched.computeIfAbsent(user, u -> {
            cluster.listen(u.value());
            return new Watched();
        });
    }

    public synchronized void unwatch(ClientSession session, Collection<UserId> users) {
        Set<UserId> all = bySession.get(session.id());
        if (all != null) {
            users.stream().filter(all::remove).forEach(user -> leave(session, user));
        }
    }

    @Override
    public void entered(ClientSession session) {}

    @Override
    public void left(ClientSession session) {
        forget(session);
    }

    private synchronized void forget(ClientSession session) {
        Set<UserId> all = bySession.remove(session.id());
        if (all != null) {
            all.forEach(user -> leave(session, user));
        }
    }

    private void leave(ClientSession session, UserId user) {
        Watched of = watched.get(user);
        if (of != null) {
            of.sessions.remove(session);
            of.owed.remove(session);
            of.hidden.remove(session);
            forgetIfIdle(user, of);
        }
    }

    private void forgetIfIdle(UserId user, Watched of) {
        if (of.isIdle()) {
            watched.remove(user);
            cluster.ignore(user.value());
        }
    }

    /** These users came to this node or left it: the host's listeners follow them until they are told that they are offline. */
    void pin(Collection<UserId> users) {
        if (listeners.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (UserId user : users) {
                Watched of = of(user);
                of.pinned = true;
                if (of.told == null) {
                    of.told = UserPresence.unknown(user);
                }
            }
            sweepLater();
        }
    }

    /** How many users are followed here. */
    public synchronized int size() {
        return watched.size();
    }

    // ---- what changes

    /** The presence of these users may have changed. Does not block. */
    public void changed(Collection<UserId> users) {
        synchronized (this) {
            boolean idle = pending.isEmpty();
            users.stream().filter(watched::containsKey).forEach(pending::add);
            if (!idle || pending.isEmpty()) {
                return;
            }
        }
        runtime.schedule(options.collect(), () -> tasks.execute(this::flush));
    }

    /** As {@link #changed}, and whom these users have blocked may have changed too. */
    public void blocksChanged(Collection<UserId> users) {
        if (blocks != null) {
            synchronized (this) {
                users.stream().map(watched::get).filter(Objects::nonNull).forEach(of -> of.blocksChanged = true);
            }
        }
        changed(users);
    }

    /** The presence of everybody may have changed. Does not block. */
    public void allChanged() {
        List<UserId> all;
        synchronized (this) {
            all = List.copyOf(watched.keySet());
        }
        changed(all);
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            runtime.schedule(SWEEP, this::sweep);
        }
    }

    private void sweep() {
        synchronized (this) {
            sweeping = false;
            if (watched.isEmpty()) {
                return;
            }
            sweepLater();
        }
        blocksChanged(nextSlice());
        allChanged();
    }

    /** Some of those watched, others each time: a change of a block list that nobody told of is found. */
    private synchronized List<UserId> nextSlice() {
        int slices = 1 + watched.size() / SLICE;
        int slice = Math.floorMod(sweeps++, slices);
        return watched.keySet().stream()
                .filter(user -> Math.floorMod(user.hashCode(), slices) == slice)
                .toList();
    }

    private void flush() {
        List<UserId> users;
        synchronized (this) {
            users = List.copyOf(pending);
            pending = new LinkedHashSet<>();
        }
        List<UserId> waiting = new ArrayList<>();
        try {
            for (int from = 0; from < users.size(); from += BATCH) {
                List<UserPresence> now = directory.lookup(users.subList(from, Math.min(users.size(), from + BATCH)));
                tell(news(now, waiting));
            }
        } catch (RuntimeException e) {
            log.warn("looking up the presence of {} users failed; it is tried again: {}", users.size(), e.toString());
            runtime.schedule(AFTER_FAILURE, () -> changed(users));
        }
        if (!waiting.isEmpty()) {
            runtime.schedule(options.offlineGrace(), () -> changed(waiting));
        }
    }

    private synchronized List<News> news(List<UserPresence> looked, List<UserId> waiting) {
        List<News> news = new ArrayList<>();
        long nanos = runtime.nanoTime();
        for (UserPresence now : looked) {
            Watched of = watched.get(now.user());
            if (of == null) {
                continue;
            }
            switch (of.look(now, nanos, options.offlineGrace().toNanos())) {
                case WAIT -> waiting.add(now.user());
                case TELL -> {
                    news.add(new News(now, new LinkedHashSet<>(of.sessions), of.pinned));
                    of.blocksChanged = false;
                    of.owed.clear();
                    of.pinned &= now.isOnline();
                    forgetIfIdle(now.user(), of);
                }
                case NOTHING_NEW -> {
                    if (!of.owed.isEmpty() || of.blocksChanged) {
                        news.add(new News(now, new LinkedHashSet<>(of.owed), false));
                        of.owed.clear();
                        of.blocksChanged = false;
                    }
                    if (!now.isOnline()) {
                        of.pinned = false;
                        forgetIfIdle(now.user(), of);
                    }
                }
            }
        }
        return news;
    }

    private void tell(List<News> all) {
        Touched touched = new Touched();
        List<UserId> failed = new ArrayList<>();
        for (News news : all) {
            try {
                tell(news, touched);
            } catch (RuntimeException e) {
                log.warn("a block list was not found; it is tried again: {}", e.toString());
                oweAll(news);
                failed.add(news.presence().user());
            }
        }
        touched.flushAll();
        if (!failed.isEmpty()) {
            runtime.schedule(AFTER_FAILURE, () -> changed(failed));
        }
        all.stream().filter(News::forListeners).forEach(news -> tellListeners(news.presence()));
    }

    private void tell(News news, Touched touched) {
        UserId user = news.presence().user();
        Set<UserId> blocked = blocks == null || !isWatched(user) ? Set.of() : blocks.askFor(user);
        frames(news, blocked).forEach((session, frame) -> {
            if (session.sendDroppable(frame)) {
                touched.add(session);
            } else {
                owe(session, user);
            }
        });
    }

    private synchronized boolean isWatched(UserId user) {
        Watched of = watched.get(user);
        return of != null && !of.sessions.isEmpty();
    }

    private synchronized Map<ClientSession, DroppableFrame> frames(News news, Set<UserId> blocked) {
        Watched of = watched.get(news.presence().user());
        return of == null ? Map.of() : of.frames(news.presence(), news.sessions(), blocked);
    }

    private synchronized void owe(ClientSession session, UserId user) {
        Watched of = watched.get(user);
        if (of != null) {
            of.owe(session);
        }
    }

    private synchronized void oweAll(News news) {
        Watched of = watched.get(news.presence().user());
        if (of != null) {
            of.blocksChanged = true;
            news.sessions().stream().filter(of.sessions::contains).forEach(of.owed::add);
        }
    }

    private void tellListeners(UserPresence presence) {
        for (PresenceListener listener : listeners) {
            try {
                listener.changed(presence);
            } catch (RuntimeException e) {
                log.error("a presence listener failed", e);
            }
        }
    }

    // ---- asking

    /** Where users are, in their order. Blocks. */
    public List<UserPresence> lookup(List<UserId> users) {
        List<UserPresence> all = new ArrayList<>(users.size());
        for (int from = 0; from < users.size(); from += BATCH) {
            all.addAll(directory.lookup(users.subList(from, Math.min(users.size(), from + BATCH))));
        }
        return all;
    }

    /** Presence as it is told to clients. */
    public static ServerFrame.Presence frame(UserPresence presence) {
        return new ServerFrame.Presence(
                presence.user(),
                presence.isOnline(),
                presence.devices().stream().map(DeviceId::value).toList(),
                presence.lastActivity(),
                presence.isAway());
    }
}
