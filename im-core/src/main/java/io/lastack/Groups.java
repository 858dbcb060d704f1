package io.lastack;

import io.lastack.internal.group.GroupActor;
import io.lastack.internal.group.GroupService;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The host's own way to change groups, in a user's name: trusted, so roles and the access policy are not asked. A change is
 * an entry of the group's log; the stage completes with its seq after the commit, or exceptionally with
 * {@link io.lastack.error.InvalidRequestException} or {@link io.lastack.error.StoreException}.
 */
public final class Groups {
    private final GroupService service;

    Groups(GroupService service) {
        this.service = service;
    }

    /** A new group, with an id that the engine draws. */
    public CompletionStage<ConversationId> create(UserId owner, String name, List<UserId> members) {
        return service.create(GroupActor.host(owner), null, name, History.FROM_JOIN, members, null);
    }

    /** A new group under an id of the host's choice; a conflict if it exists. */
    public CompletionStage<ConversationId> create(
            ConversationId group, UserId owner, String name, History history, List<UserId> members) {
        return service.create(GroupActor.host(owner), group, name, history, members, null);
    }

    public CompletionStage<Long> rename(UserId by, ConversationId group, String name) {
        return service.rename(GroupActor.host(by), group, name);
    }

    public CompletionStage<Long> add(UserId by, ConversationId group, List<UserId> users) {
        return service.add(GroupActor.host(by), group, users);
    }

    public CompletionStage<Long> remove(UserId by, ConversationId group, List<UserId> users) {
        return service.remove(GroupActor.host(by), group, users);
    }

    public CompletionStage<Long> setRole(UserId by, ConversationId group, UserId user, Role role) {
        return service.setRole(GroupActor.host(by), group, user, role);
    }

    public CompletionStage<Long> dissolve(UserId by, ConversationId group) {
        return service.dissolve(GroupActor.host(by), group);
    }

    /** Current members in ascending order, above {@code after}. Blocks. */
    public List<Member> members(ConversationId group, @Nullable UserId after, int limit) {
        return service.members(GroupActor.host(UserId.of("host")), group, after, limit);
    }

    /** A group as it stands. Blocks. */
    public ConversationInfo info(ConversationId group) {
        return service.info(group);
    }
}
