package io.lastack.internal.presence;

import io.lastack.internal.session.ClientSession;
import io.lastack.spi.UserPresence;
import java.util.LinkedHashSet;
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

    boolean isIdle() {
        return sessions.isEmpty() && !pinned;
    }
}
