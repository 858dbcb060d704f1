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
import io.lastack.log.Payload;
import io.lastack.log.UserId;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.ImStore;
import io.lastack.spi.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    public GroupService(ImStore store, EngineRuntime runtime, Intake intake, AccessPolicy policy) {
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
                        new Change.CreateGroup(name, history, others),
                        clientMessageId)
                .thenApply(seq -> group);
    }

    public CompletionStage<Long> rename(GroupActor actor, ConversationId group, String name) {
        return change(() -> rules.mayRename(actor, group), actor, group, "renamed", new Change.Rename(name), null);
    }

    public CompletionStage<Long> add(GroupActor actor, ConversationId group, List<UserId> users) {
        Change change = new Change.AddMembers(users, Role.MEMBER);
        return change(() -> rules.mayAdd(actor, group, users), actor, group, "joined", change, null);
    }

    public CompletionStage<Long> remove(GroupActor actor, ConversationId group, List<UserId> users) {
        Change change = new Change.RemoveMembers(users);
        return change(() -> rules.mayRemove(actor, group, users), actor, group, "removed", change, null);
    }

    public CompletionStage<Long> leave(GroupActor actor, ConversationId group) {
        Change change = new Change.RemoveMembers(List.of(actor.user()));
        return change(() -> rules.mayLeave(actor, group), actor, group, "left", change, null);
    }

    public CompletionStage<Long> setRole(GroupActor actor, ConversationId group, UserId user, Role role) {
        Change change = new Change.SetRole(user, role);
        return change(() -> rules.maySetRole(actor, group, user, role), actor, group, "role", change, null);
    }

    public CompletionStage<Long> dissolve(GroupActor actor, ConversationId group) {
        return change(() -> rules.mayDissolve(actor, group), actor, group, "dissolved", new Change.Dissolve(), null);
    }

    /** A page of current members. Blocks. */
    public List<Member> members(GroupActor actor, ConversationId group, @Nullable UserId after, int limit) {
        rules.mayList(actor, group);
        return store.memberships().members(group, after, limit);
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
                    Content content = describe(word, change);
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

    /** The log entry says what happened, for clients to show; the change itself is for the store. */
    private static Content describe(String word, Change change) {
        Map<String, String> ext = new HashMap<>();
        ext.put("change", word);
        List<UserId> users = new ArrayList<>();
        if (change instanceof Change.CreateGroup create) {
            ext.put("name", create.name());
            users.addAll(create.members());
        } else if (change instanceof Change.Rename rename) {
            ext.put("name", rename.name());
        } else if (change instanceof Change.AddMembers add) {
            ext.put("role", lower(add.role()));
            users.addAll(add.users());
        } else if (change instanceof Change.RemoveMembers remove) {
            users.addAll(remove.users());
        } else if (change instanceof Change.SetRole set) {
            ext.put("role", lower(set.role()));
            users.add(set.user());
        }
        if (!users.isEmpty()) {
            ext.put("users", users.stream().map(UserId::value).collect(Collectors.joining(",")));
        }
        return new Content(Content.MEMBERSHIP, "text", Payload.EMPTY, ext, 0, List.of(), 0);
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

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
