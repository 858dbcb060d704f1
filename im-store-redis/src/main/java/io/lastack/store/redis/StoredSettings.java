package io.lastack.store.redis;

import io.lastack.log.ConversationSettings;
import io.lastack.spi.StoredCodes;

/** How a user wants a conversation shown, as a text: muted_until, and flags. */
final class StoredSettings {
    private StoredSettings() {}

    static String text(ConversationSettings settings) {
        return settings.mutedUntil() + " " + StoredCodes.flags(settings);
    }

    /** @param text empty for nothing */
    static ConversationSettings parse(String text) {
        if (text.isEmpty()) {
            return ConversationSettings.NONE;
        }
        int blank = text.indexOf(' ');
        return StoredCodes.settings(
                Long.parseLong(text.substring(0, blank)), Integer.parseInt(text.substring(blank + 1)));
    }
}
