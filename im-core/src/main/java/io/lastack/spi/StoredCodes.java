package io.lastack.spi;

import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.Content;
import io.lastack.log.ConversationSettings;
import java.util.List;

/**
 * For stores: numbers for the names that LastAck knows, which take less room than these. A code never comes to mean something
 * else; later versions may add some. Use from any thread.
 */
public final class StoredCodes {
    /** A kind or type that has no code of its own: store its name with the message. Fits, as all codes, in 4 bits. */
    public static final int OTHER = 15;

    /** Kinds with codes below this are those that {@linkplain Content#countsAsUnread count as unread}. */
    public static final int COUNTED_KINDS = 2;

    // The position in the list is the code.
    private static final List<String> KINDS = List.of(
            Content.MESSAGE,
            Content.NOTIFICATION,
            Content.MEMBERSHIP,
            Content.RECALL,
            Content.EDIT,
            Content.REACTION,
            Content.RECALLED,
            Content.SETTINGS);
    private static final List<String> TYPES = List.of("text", "image", "video", "audio", "file", "location", "custom");
    private static final List<Role> ROLES = List.of(Role.OWNER, Role.ADMIN, Role.MEMBER);
    private static final List<History> HISTORIES = List.of(History.FROM_JOIN, History.ALL);

    private static final int PINNED = 1;
    private static final int ARCHIVED = 2;

    private StoredCodes() {}

    /** The code of a {@link Content#kind}; {@link #OTHER} for one that has none. */
    public static int kind(String name) {
        return code(KINDS, name);
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalStateException if no kind has it, {@link #OTHER} included
     */
    public static String kind(int code) {
        return of(KINDS, "kind", code);
    }

    /** The code of a {@link Content#type}; {@link #OTHER} for one that has none. */
    public static int type(String name) {
        return code(TYPES, name);
    }

    /**
     * The type of a code.
     *
     * @throws IllegalStateException if no type has it, {@link #OTHER} included
     */
    public static String type(int code) {
        return of(TYPES, "type", code);
    }

    /** The code of a role: 0 for an owner, and more for less. */
    public static int role(Role role) {
        return ROLES.indexOf(role);
    }

    /**
     * The role of a code.
     *
     * @throws IllegalStateException if no role has it
     */
    public static Role role(int code) {
        return of(ROLES, "role", code);
    }

    /** The code of what newcomers may see: 1 for all, 0 for what comes after them. */
    public static int history(History history) {
        return HISTORIES.indexOf(history);
    }

    /**
     * What newcomers may see, of a code.
     *
     * @throws IllegalStateException if nothing has it
     */
    public static History history(int code) {
        return of(HISTORIES, "history", code);
    }

    /** Pinned and archived in one number, 0 for neither. */
    public static int flags(ConversationSettings settings) {
        return (settings.pinned() ? PINNED : 0) | (settings.archived() ? ARCHIVED : 0);
    }

    /**
     * Settings from what {@link #flags} gave and the rest.
     *
     * @param mutedUntil {@link ConversationSettings#mutedUntil}
     */
    public static ConversationSettings settings(long mutedUntil, int flags) {
        return mutedUntil == 0 && flags == 0
                ? ConversationSettings.NONE
                : new ConversationSettings(mutedUntil, (flags & PINNED) != 0, (flags & ARCHIVED) != 0);
    }

    private static int code(List<String> names, String name) {
        int index = names.indexOf(name);
        return index < 0 ? OTHER : index;
    }

    private static <T> T of(List<T> values, String what, int code) {
        if (code < 0 || code >= values.size()) {
            throw new IllegalStateException(what + " code " + code + " is not known; 0 to " + (values.size() - 1)
                    + " are: the data is of a newer version, or not LastAck's");
        }
        return values.get(code);
    }
}
