package io.lastack.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code group} request asks for. */
public sealed interface GroupAction {
    /**
     * @param group the id wanted, or null to be given one
     * @param history "join" (default when null) or "all"
     */
    record Create(
            @Nullable String group,
            String name,
            List<String> members,
            @Nullable String history,
            @Nullable String clientMessageId)
            implements GroupAction {
        public Create {
            members = List.copyOf(members);
        }
    }

    record Rename(String name) implements GroupAction {}

    record AddMembers(List<String> users) implements GroupAction {
        public AddMembers {
            users = List.copyOf(users);
        }
    }

    record RemoveMembers(List<String> users) implements GroupAction {
        public RemoveMembers {
            users = List.copyOf(users);
        }
    }

    record Leave() implements GroupAction {}

    record SetRole(String user, String role) implements GroupAction {}

    record Dissolve() implements GroupAction {}

    record Members(@Nullable String after, int limit) implements GroupAction {}

    /** All attributes of the group, in the place of those it had. */
    record SetAttributes(Map<String, String> attributes) implements GroupAction {}

    /** @param history "join" or "all" */
    record SetHistory(String history) implements GroupAction {}

    record Transfer(String user) implements GroupAction {}

    /** @param until milliseconds since the epoch; 0 ends the mute */
    record MuteMember(String user, long until) implements GroupAction {}

    record Info() implements GroupAction {}
}
