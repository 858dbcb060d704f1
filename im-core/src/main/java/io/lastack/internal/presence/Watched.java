package io.lastack.internal.presence;

import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.DroppableFrame;
import io.lastack.log.UserId;
import io.lastack.spi.UserPresence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One user whose presence is followed here. Guarded by the {@link PresenceWatch}. */
final class Watched {
    private static final long NOT_GONE = Long.MIN_VALUE;

    final Set<ClientSession> sessions = new LinkedHashSet<>(2);
    /** Those who could not be told of what the others were told. */
    final Set<ClientSession> owed = new LinkedHashSet<>(0);
    /** Those of the sessions whose user is blocked by this one, and who were told that it is offline. */
    final Set<ClientSession> hidden = new LinkedHashSet<>(0);
    /** Whether this user's block list may have changed. */
    boolean blocksChanged;
    /** Whether the host's listeners are told too. */
    boolean pinned;
    /** What was told last; null before the first look. */
    @Nullable
    UserPresence told;

    private long goneNanos = NOT_GONE;

    /** What is to be done about the presence as it is now. */
    enum Verdict {
        NOTHING_NEW,
        /** Devices are gone, but may come back: look again after the grace. */
        WAIT,
        TELL
    }

    Verdict look(UserPresence now, long nowNanos, long graceNanos) {
        UserPresence before = told;
        if (before == null) {
            told = now;
            return Verdict.NOTHING_NEW;
        }
        if (same(before, now)) {
            goneNanos = NOT_GONE;
            return Verdict.NOTHING_NEW;
        }
        if (shrank(before, now)) {
            if (goneNanos == NOT_GONE) {
                goneNanos = nowNanos;
            }
            if (nowNanos - goneNanos < graceNanos) {
                return Verdict.WAIT;
            }
        }
        goneNanos = NOT_GONE;
        told = now;
        return Verdict.TELL;
    }

    private static boolean same(UserPresence a, UserPresence b) {
        return a.isAway() == b.isAway() && a.devices().equals(b.devices());
    }

    private static boolean shrank(UserPresence before, UserPresence now) {
        return before.devices().size() > now.devices().size()
                && before.devices().containsAll(now.devices());
    }

    /**
     * A session watches from now on, and is told what is now.
     *
     * @return whether this user is hidden from it
     */
    boolean begun(ClientSession session, UserPresence now, boolean blocked) {
        if (told == null) {
            told = now;
        }
        if (blocked && sessions.contains(session)) {
            hidden.add(session);
        }
        return blocked || hidden.contains(session);
    }

    /**
     * What is to be told, and whom: who is blocked is told once that this user is offline.
     *
     * @param toTell whom to tell in any case; others only if this user is hidden from them now and was not, or the other way
     */
    Map<ClientSession, DroppableFrame> frames(UserPresence now, Set<ClientSession> toTell, Set<UserId> blocked) {
        DroppableFrame shown = new DroppableFrame(PresenceWatch.frame(now));
        DroppableFrame nothing = new DroppableFrame(PresenceWatch.frame(UserPresence.unknown(now.user())));
        Map<ClientSession, DroppableFrame> frames = new LinkedHashMap<>();
        for (ClientSession session : sessions) {
            if (blocked.contains(session.user())) {
                if (hidden.add(session)) {
                    frames.put(session, nothing);
                }
            } else if (hidden.remove(session) || toTell.contains(session)) {
                frames.put(session, shown);
            }
        }
        return frames;
    }

    /** Told at a later look, if it still watches then. */
    void owe(ClientSession session) {
        if (sessions.contains(session)) {
            owed.add(session);
            hidden.remove(session);
        }
    }

    boolean isIdle() {
        return sessions.isEmpty() && !pinned;
    }
}
