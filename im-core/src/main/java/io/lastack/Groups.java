package io.lastack;

import io.lastack.internal.group.GroupActor;
import io.lastack.internal.group.GroupService;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The host's own way to change groups, in a user's name: trusted, so roles and the access policy are not asked. A change is
 * an entry of the group's log; the stage completes with its seq after the commit, or exceptionally with
 * {@link io.lastack.error.InvalidRequestException} or {@link io.lastack.error.StoreException}.
 */
public final class Groups {
    private final GroupService service;
    private final @Nullable ClientMessageId clientMessageId;

    Groups(GroupService service) {
        this(service, null);
    }

    private Groups(GroupService service, @Nullable ClientMessageId clientMessageId) {
        this.service = service;
        this.clientMessageId = clientMessageId;
    }

    /**
     * The same, with a name for the next change, which makes doing it again harmless: a change that its actor made in the
     * group under this id already is not made again, and the first answer is given. One id for one change.
     */
    public Groups withClientMessageId(ClientMessageId id) {
        return new Groups(service, id);
    }

    private GroupActor host(UserId by) {
        return GroupActor.host(by, clientMessageId);
    }

    /** A new group, with an id that the engine draws. */
    public CompletionStage<ConversationId> create(UserId owner, String name, List<UserId> members) {
        return service.create(host(owner), null, name, History.FROM_JOIN, members, null);
    }

    /**
     * A new group under an id of the host's choice; a conflict if it exists.
     *
     * @param group null to let the engine draw one (the same for the same owner and client message id)
     */
    public CompletionStage<ConversationId> create(
            @Nullable ConversationId group, UserId owner, String name, History history, List<UserId> members) {
        return service.create(host(owner), group, name, history, members, null);
    }

    public CompletionStage<Long> rename(UserId by, ConversationId group, String name) {
        return service.rename(host(by), group, name);
    }

    public CompletionStage<Long> add(UserId by, ConversationId group, List<UserId> users) {
        return service.add(host(by), group, users);
    }

    public CompletionStage<Long> remove(UserId by, ConversationId group, List<UserId> users) {
        return service.remove(host(by), group, users);
    }

    public CompletionStage<Long> setRole(UserId by, ConversationId group, UserId user, Role role) {
        return service.setRole(host(by), group, user, role);
    }

    /** All attributes of the group, in the place of those it had: at most 32, see {@link Change.SetAttributes}. */
    public CompletionStage<Long> setAttributes(UserId by, ConversationId group, Map<String, String> attributes) {
        return service.setAttributes(host(by), group, attributes);
    }

    /** What members see who join from now on. */
    public CompletionStage<Long> setHistory(UserId by, ConversationId group, History history) {
        return service.setHistory(host(by), group, history);
    }

    /** {@code to}, a member, becomes an owner; {@code by}, if an owner, becomes an admin. */
    public CompletionStage<Long> transfer(UserId by, ConversationId group, UserId to) {
        return service.transfer(host(by), group, to);
    }

    /**
     * The member may not send until then; what it sends is refused with 403.
     *
     * @param untilMillis milliseconds since the epoch; {@link Change#FOR_GOOD} for no end, 0 to end a mute
     */
    public CompletionStage<Long> mute(UserId by, ConversationId group, UserId user, long untilMillis) {
        return service.mute(host(by), group, user, untilMillis);
    }

    public CompletionStage<Long> dissolve(UserId by, ConversationId group) {
        return service.dissolve(host(by), group);
    }

    /** Current members in ascending order, above {@code after}. Blocks. */
    public List<Member> members(ConversationId group, @Nullable UserId after, int limit) {
        return service.members(host(UserId.of("host")), group, after, limit);
    }

    /** A group as it stands. Blocks. */
    public ConversationInfo info(ConversationId group) {
        return service.info(group);
    }
}
