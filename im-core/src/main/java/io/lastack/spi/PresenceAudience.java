package io.lastack.spi;

import io.lastack.log.UserId;

/**
 * The host's say in who may see whether somebody is online. Asked when somebody begins to watch: answer from memory. Who may
 * not is shown a user that is offline and was never seen.
 */
@FunctionalInterface
public interface PresenceAudience {
    /** Every authenticated user may watch every other. */
    PresenceAudience EVERYBODY = (watcher, user) -> true;

    boolean mayWatch(UserContext watcher, UserId user);

    /**
     * Whether a user is hidden from those whom it has blocked, who are then shown what they are shown who may not watch.
     * Asked once, when the engine is built.
     */
    default boolean hidesFromBlocked() {
        return true;
    }
}
