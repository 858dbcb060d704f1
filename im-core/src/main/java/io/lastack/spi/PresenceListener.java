package io.lastack.spi;

/**
 * Hears of users as they come online, go away and go offline, wherever they are connected. Each node tells of the users that
 * are or just were connected to it. Offline is told after {@link PresenceOptions#offlineGrace}, so that a device that
 * reconnects, or moves to another node, is not told of at all. An exception is logged and otherwise ignored.
 */
@FunctionalInterface
public interface PresenceListener {
    void changed(UserPresence presence);
}
