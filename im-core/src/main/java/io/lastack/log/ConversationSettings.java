package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.util.Map;

/**
 * How one user wants one conversation shown, on all of the user's devices. The library keeps it and tells every device; what
 * comes of it is up to clients and push services. It changes by {@link Change.SetConversation} only: a new message does not
 * take a conversation out of the archive, though a client may show it so.
 *
 * @param mutedUntil no notifications before then, in milliseconds since the epoch; 0 for not muted,
 *     {@link Change#FOR_GOOD} for no end
 * @param pinned whether it is shown above the others
 * @param archived whether it is put away
 */
public record ConversationSettings(long mutedUntil, boolean pinned, boolean archived) {
    /** Of a conversation for which nothing was set. */
    public static final ConversationSettings NONE = new ConversationSettings(0, false, false);

    public ConversationSettings {
        Change.requireTime("mutedUntil", mutedUntil);
    }

    /** What an entry of kind {@link Content#SETTINGS} tells of this in its {@code ext}. */
    public Map<String, String> toExt(ConversationId of) {
        return Map.of(
                "change",
                "conversation",
                "conversation",
                of.value(),
                "mutedUntil",
                Long.toString(mutedUntil),
                "pinned",
                Boolean.toString(pinned),
                "archived",
                Boolean.toString(archived));
    }

    /**
     * What an entry of kind {@link Content#SETTINGS}, whose {@code change} is {@code conversation}, tells in its {@code ext}.
     *
     * @throws InvalidRequestException if it is not one of those
     */
    public static ConversationSettings fromExt(Map<String, String> ext) {
        String until = ext.get("mutedUntil");
        if (until == null || !until.matches("[0-9]{1,16}")) {
            throw new InvalidRequestException("mutedUntil of the settings is missing, or not a number");
        }
        return new ConversationSettings(
                Long.parseLong(until), "true".equals(ext.get("pinned")), "true".equals(ext.get("archived")));
    }
}
