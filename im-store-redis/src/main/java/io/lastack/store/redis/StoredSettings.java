package io.lastack.store.redis;

import io.lastack.log.ConversationSettings;

/** How a user wants a conversation shown, as a text: muted_until, and flags (1 pinned, 2 archived). */
final class StoredSettings {
    private static final int PINNED = 1;
    private static final int ARCHIVED = 2;

    private StoredSettings() {}

    static String text(ConversationSettings settings) {
        int flags = (settings.pinned() ? PINNED : 0) | (settings.archived() ? ARCHIVED : 0);
        return settings.mutedUntil() + " " + flags;
    }

    /** @param text empty for nothing */
    static ConversationSettings parse(String text) {
        if (text.isEmpty()) {
            return ConversationSettings.NONE;
        }
        int blank = text.indexOf(' ');
        int flags = Integer.parseInt(text.substring(blank + 1));
        return new ConversationSettings(
                Long.parseLong(text.substring(0, blank)), (flags & PINNED) != 0, (flags & ARCHIVED) != 0);
    }
}
