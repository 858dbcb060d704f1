package io.lastack.store.redis;

import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.Content;
import java.util.List;

/** The numbers under which names that LastAck knows are stored. They are part of the layout: never change one. */
final class Codes {
    /** A kind or type that is not in the lists: its name is stored with the message. */
    static final int OTHER = 15;

    // The position in the list is the code. The first two kinds count as unread.
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
        return ROLES.indexOf(role);
    }

    static Role role(int code) {
        return ROLES.get(code);
    }

    static int history(History history) {
        return history == History.ALL ? 1 : 0;
    }

    static History history(String code) {
        return code.equals("0") ? History.FROM_JOIN : History.ALL;
    }
}
