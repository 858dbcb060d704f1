package io.lastack.store.jdbc;

import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.Content;
import io.lastack.log.ConversationSettings;
import java.util.List;

/** The numbers under which names that LastAck knows are stored. They are part of the schema: never change one. */
final class Codes {
    /** A kind or type that is not in the lists: its name is stored with the message. */
    static final int OTHER = 15;

    // The position in the list is the code. Those below COUNTED count as unread.
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

    private static final int PINNED = 1;
    private static final int ARCHIVED = 2;

    private Codes() {}

    static int kind(String name) {
        return code(KINDS, name);
    }

    static String kind(int code) {
        return KINDS.get(code);
    }

    static int type(String name) {
        return code(TYPES, name);
    }

    static String type(int code) {
        return TYPES.get(code);
    }

    private static int code(List<String> names, String name) {
        int index = names.indexOf(name);
        return index < 0 ? OTHER : index;
    }

    static int role(Role role) {
        return switch (role) {
            case OWNER -> 0;
            case ADMIN -> 1;
            case MEMBER -> 2;
        };
    }

    static Role role(int code) {
        return switch (code) {
            case 0 -> Role.OWNER;
            case 1 -> Role.ADMIN;
            case 2 -> Role.MEMBER;
            default -> throw new IllegalStateException("role code " + code + " is not known; this is a newer schema");
        };
    }

    static int history(History history) {
        return history == History.ALL ? 1 : 0;
    }

    static History history(int code) {
        return code == 1 ? History.ALL : History.FROM_JOIN;
    }

    static int flags(ConversationSettings settings) {
        return (settings.pinned() ? PINNED : 0) | (settings.archived() ? ARCHIVED : 0);
    }

    static ConversationSettings settings(long mutedUntil, int flags) {
        return mutedUntil == 0 && flags == 0
                ? ConversationSettings.NONE
                : new ConversationSettings(mutedUntil, (flags & PINNED) != 0, (flags & ARCHIVED) != 0);
    }
}
