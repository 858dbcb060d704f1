package io.lastack.internal.session;

import io.lastack.cursor.CursorKey;
import io.lastack.internal.fanout.Touched;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which conversations one session watches: loaded at login, kept by membership events. What is watched is looked at once
 * more after it is watched, so that a message appended between the two cannot be missed. Blocking methods run on the
 * engine's blocking threads, one at a time for a session.
 */
final class Subscriptions {
    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final int PAGE = 1_000;
    /** The login's look at the store is older than any other. */
    private static final long LOGIN = 0;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final SessionServices services;
    private final Pump pump;
    private final UserId user;
    private final DeviceId device;
    private final Outbound outbound;
    private final Runnable flush;
    private final Set<ConversationId> stale = new LinkedHashSet<>();
    /** How many conversations the store counted when all of them were found to be watched. */
    private int settledCount = -1;

    /** Numbers the looks at the store in the order in which they begin. */
    private long looks;

    private boolean reloading;
    private boolean looking;
    /** What the store counted meanwhile; -1 for nothing. */
    private int countMeanwhile = -1;

    private boolean closed;

    Subscriptions(
            SessionServices services, Pump pump, Outbound outbound, UserId user, DeviceId device, Runnable flush) {
        this.services = services;
        this.pump = pump;
        this.outbound = outbound;
        this.user = user;
        this.device = device;
        this.flush = flush;
        // Events that come during the login wait for its end.
        this.reloading = true;
    }

    /** What the device is to watch. Makes the device known. Blocks. */
    List<Subscription> find() {
        services.store().cursors().register(user, device, services.options().deviceStart());
        List<Subscription> found = new ArrayList<>();
        ConversationId after = null;
        List<Subscription> page;
        do {
            page = services.store().memberships().subscriptions(user, device, after, PAGE);
            found.addAll(page);
            after = page.isEmpty() ? null : page.get(page.size() - 1).conversation();
        } while (page.size() == PAGE);
        return found;
    }

    /** Watches what was found. Blocks. */
    void watch(List<Subscription> found, Resume resume) {
        List<Watch> watched = new ArrayList<>(found.size());
        for (Subscription subscription : found) {
            Watch watch = watch(subscription, resume.at(subscription.conversation()), null, LOGIN);
            if (watch != null) {
                watched.add(watch);
            }
        }
        lookAgain(watched);
    }

    /** Lets the events that waited for the login take effect. */
    void loaded() {
        reloadStale();
    }

    private synchronized long beginLook() {
        return ++looks;
    }

    /** @return null if another watch than {@code older} is there by now */
    private @Nullable Watch watch(Subscription subscription, @Nullable Long stated, @Nullable Watch older, long look) {
        CursorKey key = new CursorKey(subscription.conversation(), user, device);
        long floor = services.journal().floor(key, subscription.lastAck());
        long start = startOf(subscription, key, floor, stated);
        Watch watch = new Watch(pump, key, subscription, start);
        watch.look = look;
        return watch(watch, older) ? watch : null;
    }

    /** A position above the floor is an acknowledgement; one below it only says where to start this connection. */
    private long startOf(Subscription subscription, CursorKey key, long floor, @Nullable Long stated) {
        if (stated == null || stated < 0) {
            return floor;
        }
        if (stated > subscription.head()) {
            outbound.add(new ServerFrame.Error(io.lastack.session.Status.of(
                    409,
                    "resume of " + key.conversation() + " at seq " + stated + ", above its last seq "
                            + subscription.head() + "; starting after " + floor)));
            return floor;
        }
        // Above what a former member may see there can be a message of its own: appended just after the user had left.
        long held = Math.min(stated, subscription.visibleHead());
        if (held > floor) {
            services.journal().acked(key, floor, held);
        }
        return Math.max(held, subscription.firstSeq() - 1);
    }

    private boolean watch(Watch watch, @Nullable Watch older) {
        if (!pump.replace(older, watch)) {
            return false;
        }
        if (isStale(watch.key.conversation())) {
            // A change came while the store was being asked, before there was this watch to hold.
            pump.hold(watch.key.conversation());
        }
        if (older != null) {
            unwatch(older);
        }
        watch.topic = services.index().watch(watch.key.conversation(), watch, watch.knownThrough);
        synchronized (this) {
            if (!closed) {
                return true;
            }
        }
        unwatch(watch);
        return true;
    }

    private void lookAgain(List<Watch> watched) {
        Map<ConversationId, Long> heads = services.store()
                .log()
                .heads(watched.stream().map(w -> w.key.conversation()).toList());
        Touched touched = new Touched();
        List<ConversationId> moved = new ArrayList<>();
        for (Watch watch : watched) {
            ConversationId conversation = watch.key.conversation();
            long head = Math.max(heads.getOrDefault(conversation, 0L), heardOf(watch));
            if (conversation.kind() == ConversationId.Kind.GROUP && head > watch.knownThrough) {
                moved.add(conversation);
            } else {
                pump.heard(watch, head, touched);
            }
        }
        touched.flushAll();
        if (!moved.isEmpty()) {
            // What was appended since they were looked up may have changed them.
            look(moved);
        }
    }

    /** What the others who watch have heard of already: nobody tells this one, should the store's answer lag behind. */
    private static long heardOf(Watch watch) {
        return watch.topic == null ? 0 : watch.topic.head();
    }

    /** A conversation that exists by its name has its first message: nothing to ask the store for. Does not block. */
    void began(ConversationId conversation) {
        synchronized (this) {
            if (reloading) {
                stale.add(conversation);
                return;
            }
        }
        Subscription fresh = new Subscription(
                conversation, "", Role.MEMBER, 0, 1, Long.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0, ConversationSettings.NONE);
        Watch watch = new Watch(pump, new CursorKey(conversation, user, device), fresh, 0);
        if (watch(watch, null)) {
            // Who looked at the store since may watch it already: then the first message is not offered here any more.
            Touched touched = new Touched();
            pump.heard(watch, heardOf(watch), touched);
            touched.flushAll();
        }
    }

    /**
     * The membership is looked up again, on a blocking thread; until then, nothing more of the conversation is sent. Does
     * not block.
     */
    void changed(ConversationId conversation) {
        boolean idle;
        synchronized (this) {
            stale.add(conversation);
            idle = !reloading && !closed;
            reloading |= idle;
        }
        pump.hold(conversation);
        if (idle) {
            services.blocking().execute(this::reloadStale);
        }
    }

    /**
     * The user belongs or belonged to so many conversations: whether that is another number than are watched, so that those
     * that are not are to be looked for. True once until they were. Does not block.
     */
    boolean misses(int count) {
        int watched = pump.size();
        synchronized (this) {
            if (closed || count == settledCount || count == watched) {
                return false;
            }
            if (reloading || looking) {
                // What is looked up just now may be what is missing, or not: the end of it tells.
                countMeanwhile = count;
                return false;
            }
            looking = true;
            return true;
        }
    }

    /** Looks up what {@link #misses} found to be missing. Blocks. */
    void lookForMissing(int count) {
        int next = count;
        do {
            lookOnce(next);
            next = takeCount();
        } while (next >= 0 && misses(next));
    }

    private void lookOnce(int count) {
        try {
            List<ConversationId> missing = services.store().memberships().conversations(user).stream()
                    .filter(conversation -> pump.find(conversation) == null)
                    .sorted()
                    .toList();
            missing.forEach(this::changed);
            synchronized (this) {
                settledCount = missing.isEmpty() ? count : -1;
            }
        } finally {
            synchronized (this) {
                looking = false;
            }
        }
    }

    private void reloadStale() {
        for (Set<ConversationId> some = takeStale(); !some.isEmpty(); some = takeStale()) {
            try {
                reload(some);
            } catch (RuntimeException e) {
                log.warn("looking up {} memberships of a session failed; trying again", some.size(), e);
                synchronized (this) {
                    stale.addAll(some);
                }
                services.wheel()
                        .schedule(PAUSE_AFTER_FAILURE, () -> services.blocking().execute(this::reloadStale));
                return;
            }
        }
        int count = takeCount();
        if (count >= 0 && misses(count)) {
            try {
                lookForMissing(count);
            } catch (RuntimeException e) {
                log.warn("looking for conversations failed; the next comparison tries again: {}", e.toString());
            }
        }
    }

    private synchronized int takeCount() {
        int count = countMeanwhile;
        countMeanwhile = -1;
        return count;
    }

    private synchronized Set<ConversationId> takeStale() {
        Set<ConversationId> some = closed ? Set.of() : new LinkedHashSet<>(stale);
        stale.clear();
        reloading = !some.isEmpty();
        return some;
    }

    /** Looks the memberships up now. Blocks. */
    void reload(Set<ConversationId> conversations) {
        look(conversations);
        flush.run();
    }

    private void look(Collection<ConversationId> conversations) {
        services.journal().reading(() -> lookNow(conversations));
    }

    private void lookNow(Collection<ConversationId> conversations) {
        List<Watch> fresh = new ArrayList<>();
        long look = beginLook();
        for (Subscription s : services.store().memberships().subscriptions(user, device, conversations)) {
            Watch known = pump.find(s.conversation());
            if (known != null && known.look > look) {
                // What another look, which began later, has found counts.
                continue;
            }
            if (known != null && !joinedAgain(known, s)) {
                update(known, s, look);
                continue;
            }
            Watch watch = watch(s, null, known, look);
            if (watch != null) {
                fresh.add(watch);
                tell(s, watch.isMember() ? "joined" : "left");
            }
        }
        if (!fresh.isEmpty()) {
            lookAgain(fresh);
        }
    }

    /** Whatever has become of the membership since: what was in between is not for this user. */
    private static boolean joinedAgain(Watch known, Subscription s) {
        boolean back = s.lastSeq() == Long.MAX_VALUE && !known.isMember();
        return back || s.firstSeq() != known.firstSeq;
    }

    private void update(Watch known, Subscription s, long look) {
        boolean left;
        boolean roleChanged;
        boolean muteChanged;
        synchronized (pump) {
            if (known.look > look) {
                return;
            }
            known.look = look;
            left = known.isMember() && s.lastSeq() != Long.MAX_VALUE;
            roleChanged = known.role != s.role();
            known.lastSeq = s.lastSeq();
            known.role = s.role();
            muteChanged = known.mutedUntil != s.mutedUntil();
            known.mutedUntil = s.mutedUntil();
            known.head = Math.max(known.head, s.head());
            if (!isStale(s.conversation())) {
                pump.release(known);
            }
        }
        if (left) {
            tell(s, "left");
        } else if (roleChanged) {
            tell(s, "role");
        } else if (muteChanged) {
            tell(s, "muted");
        }
    }

    /** Whether a change came while the store was being asked, so that it will be asked once more. */
    private synchronized boolean isStale(ConversationId conversation) {
        return stale.contains(conversation);
    }

    private void tell(Subscription s, String change) {
        if (s.conversation().kind() != ConversationId.Kind.GROUP) {
            return;
        }
        outbound.add(new ServerFrame.Membership(
                s.conversation(),
                user,
                change,
                s.role().name().toLowerCase(Locale.ROOT),
                s.firstSeq(),
                s.lastSeq() == Long.MAX_VALUE ? 0 : s.lastSeq(),
                s.mutedUntil()));
    }

    private void unwatch(Watch watch) {
        if (watch.topic != null) {
            services.index().unwatch(watch.topic, watch);
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        pump.close().forEach(this::unwatch);
    }
}
