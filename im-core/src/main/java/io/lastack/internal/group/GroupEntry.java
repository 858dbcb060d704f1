package io.lastack.internal.group;

import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Content;
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The log entry of a change says what happened, for clients to show; the change itself is for the store. */
final class GroupEntry {
    private static final String ATTRIBUTE = "attribute.";

    private GroupEntry() {}

    static Content of(String word, Change change) {
        Map<String, String> ext = new HashMap<>();
        ext.put("change", word);
        describe(change, ext);
        return new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, ext, 0, List.of(), 0);
    }

    private static void describe(Change change, Map<String, String> ext) {
        if (change instanceof Change.CreateGroup create) {
            ext.put("name", create.name());
            ext.put("history", word(create.history()));
            users(create.members(), ext);
        } else if (change instanceof Change.Rename rename) {
            ext.put("name", rename.name());
        } else if (change instanceof Change.AddMembers add) {
            ext.put("role", add.role().name().toLowerCase(Locale.ROOT));
            users(add.users(), ext);
        } else if (change instanceof Change.RemoveMembers remove) {
            users(remove.users(), ext);
        } else if (change instanceof Change.SetRole set) {
            ext.put("role", set.role().name().toLowerCase(Locale.ROOT));
            users(List.of(set.user()), ext);
        } else if (change instanceof Change.SetAttributes set) {
            set.attributes().forEach((name, value) -> ext.put(ATTRIBUTE + name, value));
        } else if (change instanceof Change.SetHistory set) {
            ext.put("history", word(set.history()));
        } else if (change instanceof Change.TransferOwnership transfer) {
            users(List.of(transfer.to()), ext);
        } else if (change instanceof Change.MuteMember mute) {
            ext.put("until", Long.toString(mute.untilMillis()));
            users(List.of(mute.user()), ext);
        }
    }

    static String word(History history) {
        return history == History.ALL ? "all" : "join";
    }

    private static void users(List<UserId> users, Map<String, String> ext) {
        if (!users.isEmpty()) {
            ext.put("users", users.stream().map(UserId::value).collect(Collectors.joining(",")));
        }
    }
}
