package io.lastack.internal.group;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.append.Intake;
import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.AlreadyAppended;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.AppendOutcome.Refused;
import io.lastack.log.Change;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import io.lastack.spi.Member;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes of groups. Each is an entry of the group's log, so that every member sees it in order, and takes effect with that
 * entry. Thread-safe; does not block: checks and appends run on the engine's threads.
 */
public final class GroupService {
    private final ImStore store;
    private final EngineRuntime runtime;
    private final Intake intake;
    private final GroupRules rules;
    private final int maxMembers;

    /** @param maxMembers how many members a group has at the most */
    public GroupService(ImStore store, EngineRuntime runtime, Intake intake, AccessPolicy policy, int maxMembers) {
        this.maxMembers = maxMembers;
        this.store = store;
        this.runtime = runtime;
        this.intake = intake;
        this.rules = new GroupRules(store.memberships(), policy);
    }

    /** @param id the id wanted, or null to draw one */
    public CompletionStage<ConversationId> create(
            GroupActor actor,
            @Nullable ConversationId id,
            String name,
            History history,
            List<UserId> members,
            @Nullable ClientMessageId clientMessageId) {
        ConversationId group = id != null
                ? id
                : drawId(clientMessageId != null ? clientMessageId : actor.clientMessageId(), actor.user());
        List<UserId> others =
                members.stream().filter(m -> !m.equals(actor.user())).toList();
        return change(
                        () -> rules.mayCreate(actor, others, group),
                        actor,
                        group,
                        "created",
                        new Change.CreateGroup(name, history, others, maxMembers),
                        clientMessageId)
                .thenApply(seq -> group);
    }

    public CompletionStage<Long> rename(GroupActor actor, ConversationId group, String name) {
        return change(() -> rules.mayRename(actor, group), actor, group, "renamed", new Change.Rename(name), null);
    }

    public CompletionStage<Long> add(GroupActor actor, ConversationId group, List<UserId> users) {
        Change change = new Change.AddMembers(users, Role.MEMBER, maxMembers);
        return change(() -> rules.mayAdd(actor, group, users), actor, group, "joined", change, null);
    }

    public CompletionStage<Long> remove(GroupActor actor, ConversationId group, List<UserId> users) {
        Change change = new Change.RemoveMembers(users, true);
        return change(() -> rules.mayRemove(actor, group, users), actor, group, "removed", change, null);
    }

    public CompletionStage<Long> leave(GroupActor actor, ConversationId group) {
        Change change = new Change.RemoveMembers(List.of(actor.user()), true);
        return change(() -> rules.mayLeave(actor, group), actor, group, "left", change, null);
    }

    /** A user who is erased leaves whether or not an owner stays. */
    public CompletionStage<Long> leaveForGood(UserId user, ConversationId group) {
        Change change = new Change.RemoveMembers(List.of(user));
        return change(() -> {}, GroupActor.host(user), group, "removed", change, null);
    }

    public CompletionStage<Long> setRole(GroupActor actor, ConversationId group, UserId user, Role role) {
        Change change = new Change.SetRole(user, role);
        return change(() -> rules.maySetRole(actor, group, user, role), actor, group, "role", change, null);
    }

    public CompletionStage<Long> setAttributes(GroupActor actor, ConversationId group, Map<String, String> attributes) {
        Change change = new Change.SetAttributes(attributes);
        return change(() -> rules.maySetAttributes(actor, group), actor, group, "attributes", change, null);
    }

    public CompletionStage<Long> setHistory(GroupActor actor, ConversationId group, History history) {
        Change change = new Change.SetHistory(history);
        return change(() -> rules.maySetHistory(actor, group), actor, group, "history", change, null);
    }

    /** From the actor, who becomes an admin, to another member. */
    public CompletionStage<Long> transfer(GroupActor actor, ConversationId group, UserId to) {
        Change change = new Change.TransferOwnership(actor.user(), to);
        return change(() -> rules.mayTransfer(actor, group, to), actor, group, "owner", change, null);
    }

    /** @param untilMillis 0 ends the mute */
    public CompletionStage<Long> mute(GroupActor actor, ConversationId group, UserId user, long untilMillis) {
        Change change = new Change.MuteMember(user, untilMillis);
        String word = untilMillis == 0 ? "unmuted" : "muted";
        return change(() -> rules.mayMute(actor, group, user), actor, group, word, change, null);
    }

    public CompletionStage<Long> dissolve(GroupActor actor, ConversationId group) {
        return change(() -> rules.mayDissolve(actor, group), actor, group, "dissolved", new Change.Dissolve(), null);
    }

    /** A page of current members. Blocks. */
    public List<Member> members(GroupActor actor, ConversationId group, @Nullable UserId after, int limit) {
        rules.mayList(actor, group);
        return store.memberships().members(group, after, limit);
    }

    /** The actor's own membership. Blocks. @throws InvalidRequestException with NOT_FOUND if it is no member */
    public Member own(GroupActor actor, ConversationId group) {
        rules.mayList(actor, group);
        return store.memberships().members(group, List.of(actor.user())).stream()
                .findFirst()
                .orElseThrow(() -> GroupRules.notFound(group));
    }

    /** A group as it stands. Blocks. @throws InvalidRequestException with NOT_FOUND if it does not exist */
    public ConversationInfo info(ConversationId group) {
        return store.memberships()
                .find(group)
                .orElseThrow(() -> new InvalidRequestException(
                        InvalidRequestException.Reason.NOT_FOUND, group + " does not exist"));
    }

    private CompletionStage<Long> change(
            Runnable check,
            GroupActor actor,
            ConversationId group,
            String word,
            Change change,
            @Nullable ClientMessageId clientMessageId) {
        return blocking(() -> {
                    check.run();
                    Content content = GroupEntry.of(word, change);
                    ClientMessageId id = clientMessageId != null ? clientMessageId : actor.clientMessageId();
                    return new Draft(group, actor.user(), id, content, change);
                })
                .thenCompose(draft -> intake.append(draft, actor.context()))
                .thenApply(GroupService::seqOf);
    }

    private <T> CompletionStage<T> blocking(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, runtime::execute);
    }

    private static long seqOf(AppendOutcome outcome) {
        if (outcome instanceof Appended appended) {
            return appended.seq();
        }
        if (outcome instanceof AlreadyAppended already) {
            return already.seq();
        }
        Refused refused = (Refused) outcome;
        throw new InvalidRequestException(refused.reason(), refused.message());
    }

    /** A repeat of the request under the same client message id must find the group that the first one made. */
    private ConversationId drawId(@Nullable ClientMessageId clientMessageId, UserId owner) {
        if (clientMessageId == null) {
            return ConversationId.group(
                    String.format("g-%016x", runtime.random().nextLong()));
        }
        byte[] name = (owner.value() + ' ' + clientMessageId.value()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return ConversationId.group("g-" + java.util.UUID.nameUUIDFromBytes(name));
    }
}
