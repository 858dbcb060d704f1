package io.lastack.internal.request;

import io.lastack.error.InvalidRequestException;
import io.lastack.internal.group.GroupActor;
import io.lastack.internal.group.GroupService;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.ClientFrame;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import io.lastack.spi.ConversationInfo;
import io.lastack.spi.Member;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests about groups. */
final class GroupRequests {
    private static final int MAX_MEMBERS = 1_000;

    private final GroupService groups;

    GroupRequests(GroupService groups) {
        this.groups = groups;
    }

    /** @throws InvalidRequestException at once, or through the stage */
    CompletionStage<Result> handle(ClientSession session, ClientFrame.Group frame) {
        GroupActor actor = GroupActor.user(session.context());
        if (frame.action() instanceof GroupAction.Create create) {
            return create(session, actor, create);
        }
        ConversationId group = groupOf(frame);
        return handle(actor, group, frame.action()).thenApply(result -> {
            session.refreshMembership(group);
            return result;
        });
    }

    private CompletionStage<Result> handle(GroupActor actor, ConversationId group, GroupAction action) {
        if (action instanceof GroupAction.Rename rename) {
            return groups.rename(actor, group, rename.name()).thenApply(seq -> changed(group, rename.name(), seq));
        }
        if (action instanceof GroupAction.AddMembers add) {
            return changed(group, groups.add(actor, group, Addresses.users(add.users())));
        }
        if (action instanceof GroupAction.RemoveMembers remove) {
            return changed(group, groups.remove(actor, group, Addresses.users(remove.users())));
        }
        if (action instanceof GroupAction.Leave) {
            return changed(group, groups.leave(actor, group));
        }
        if (action instanceof GroupAction.SetRole set) {
            return changed(group, groups.setRole(actor, group, UserId.of(set.user()), role(set.role())));
        }
        if (action instanceof GroupAction.Dissolve) {
            return changed(group, groups.dissolve(actor, group));
        }
        if (action instanceof GroupAction.SetAttributes set) {
            return changed(group, groups.setAttributes(actor, group, set.attributes()));
        }
        if (action instanceof GroupAction.SetHistory set) {
            return changed(group, groups.setHistory(actor, group, history(set.history())));
        }
        if (action instanceof GroupAction.Transfer transfer) {
            return changed(group, groups.transfer(actor, group, UserId.of(transfer.user())));
        }
        if (action instanceof GroupAction.MuteMember mute) {
            return changed(group, groups.mute(actor, group, UserId.of(mute.user()), mute.until()));
        }
        return CompletableFuture.completedFuture(
                action instanceof GroupAction.Members members ? members(actor, group, members) : info(actor, group));
    }

    private Result info(GroupActor actor, ConversationId group) {
        Member own = groups.own(actor, group);
        ConversationInfo info = groups.info(group);
        String role = own.role().name().toLowerCase(Locale.ROOT);
        return new Result.Group(
                group,
                info.name(),
                0,
                List.of(),
                null,
                new Result.GroupInfo(
                        info.attributes(),
                        info.history() == History.ALL ? "all" : "join",
                        info.members(),
                        role,
                        own.mutedUntil()));
    }

    private CompletionStage<Result> create(ClientSession session, GroupActor actor, GroupAction.Create create) {
        String id = create.clientMessageId();
        return groups.create(
                        actor,
                        create.group() == null ? null : ConversationId.group(create.group()),
                        create.name(),
                        history(create.history()),
                        Addresses.users(create.members()),
                        id == null ? null : ClientMessageId.of(id))
                .thenApply(group -> {
                    session.refreshMembership(group);
                    return members(actor, group, create.name(), 1, null, MAX_MEMBERS);
                });
    }

    private static CompletionStage<Result> changed(ConversationId group, CompletionStage<Long> change) {
        return change.thenApply(seq -> changed(group, "", seq));
    }

    private static Result changed(ConversationId group, String name, long seq) {
        return new Result.Group(group, name, seq, List.of(), null);
    }

    private Result members(GroupActor actor, ConversationId group, GroupAction.Members query) {
        if (query.limit() < 0) {
            throw new InvalidRequestException("limit is " + query.limit() + "; 1 to " + MAX_MEMBERS + " are allowed");
        }
        int limit = query.limit() == 0 ? MAX_MEMBERS : Math.min(query.limit(), MAX_MEMBERS);
        UserId after = query.after() == null || query.after().isEmpty() ? null : UserId.of(query.after());
        return members(actor, group, groups.info(group).name(), 0, after, limit);
    }

    private Result members(
            GroupActor actor, ConversationId group, String name, long seq, @Nullable UserId after, int limit) {
        List<Member> page = groups.members(actor, group, after, limit);
        List<Result.GroupMember> rows = page.stream()
                .map(m -> new Result.GroupMember(
                        m.user(), m.role().name().toLowerCase(Locale.ROOT), m.joinedSeq(), m.mutedUntil()))
                .toList();
        String next =
                page.size() < limit ? null : page.get(page.size() - 1).user().value();
        return new Result.Group(group, name, seq, rows, next);
    }

    private static ConversationId groupOf(ClientFrame.Group frame) {
        if (frame.conversation() == null) {
            throw new InvalidRequestException("group request carries no conversation; group:G is expected");
        }
        ConversationId group = ConversationId.parse(frame.conversation());
        if (group.kind() != ConversationId.Kind.GROUP) {
            throw new InvalidRequestException(group + " is not a group");
        }
        return group;
    }

    private static History history(@Nullable String value) {
        if (value == null || value.isEmpty() || value.equals("join")) {
            return History.FROM_JOIN;
        }
        if (value.equals("all")) {
            return History.ALL;
        }
        throw new InvalidRequestException("history must be join or all");
    }

    private static Role role(String value) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(value)) {
                return role;
            }
        }
        throw new InvalidRequestException("role must be owner, admin or member");
    }
}
