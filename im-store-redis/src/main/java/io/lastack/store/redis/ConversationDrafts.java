package io.lastack.store.redis;

import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.spi.ClientIdCodec;
import io.lastack.spi.StoredCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The drafts of a list that are for one conversation, and what has been prepared for them. Not for several threads. */
final class ConversationDrafts {
    private final ConversationId id;
    private final List<Integer> indexes = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    /** Users who may become members. */
    private final Set<UserId> joining = new TreeSet<>();
    /** Senders who may be no members. */
    private final Set<UserId> noted = new TreeSet<>();

    ConversationDrafts(ConversationId id) {
        this.id = id;
    }

    /** @param index of the draft in the whole list */
    void add(int index, Draft draft) {
        indexes.add(index);
        drafts.add(draft);
        if (draft.change() instanceof Change.CreateGroup create) {
            joining.add(draft.sender());
            joining.addAll(create.members());
        } else if (draft.change() instanceof Change.AddMembers add) {
            joining.addAll(add.users());
        }
    }

    ConversationId id() {
        return id;
    }

    Draft draft(int index) {
        return drafts.get(index);
    }

    List<Integer> indexes() {
        return indexes;
    }

    Set<UserId> joining() {
        return joining;
    }

    Set<UserId> noted() {
        return noted;
    }

    /** Whether the conversation may come into being with these. */
    boolean mayCreate() {
        return id.kind() == ConversationId.Kind.GROUP
                ? drafts.stream().anyMatch(d -> d.change() instanceof Change.CreateGroup)
                : !joining.isEmpty();
    }

    /** The conversation does not exist: those whom it names will be its members. */
    void comesToBe() {
        joining.addAll(named());
    }

    void note(UserId sender) {
        noted.add(sender);
    }

    private List<UserId> named() {
        return switch (id.kind()) {
            case DIRECT -> List.of(id.first(), id.second());
            case INBOX -> List.of(id.owner());
            case GROUP -> List.of();
        };
    }

    void addTo(Arguments arguments, OnceKeys once) {
        arguments
                .add(id.kind().name().toLowerCase(Locale.ROOT))
                .add(words(named()))
                .add(words(joining))
                .add(words(noted))
                .add(drafts.size());
        for (Draft draft : drafts) {
            byte[] clientId = ClientIdCodec.encode(draft.requireClientMessageId());
            arguments.add(draft.sender()).add(clientId).add(once.of(draft.sender(), clientId));
            StoredMessage.addTo(arguments, draft.content());
            arguments.add(draft.change() == null ? "" : change(draft.change()));
        }
    }

    private static String change(Change change) {
        if (change instanceof Change.CreateGroup create) {
            return lines(
                    "create",
                    StoredCodes.history(create.history()) + ":" + create.maxMembers(),
                    words(create.members()),
                    create.name());
        } else if (change instanceof Change.AddMembers add) {
            return lines("add", StoredCodes.role(add.role()) + ":" + add.maxMembers(), words(add.users()), "");
        } else if (change instanceof Change.RemoveMembers remove) {
            return lines("remove", remove.keepOwner() ? "keep" : "", words(remove.users()), "");
        } else if (change instanceof Change.SetRole set) {
            return lines("role", StoredCodes.role(set.role()), set.user(), "");
        } else if (change instanceof Change.Rename rename) {
            return lines("rename", "", "", rename.name());
        } else if (change instanceof Change.Dissolve) {
            return lines("dissolve", "", "", "");
        }
        return rareChange(change);
    }

    private static String rareChange(Change change) {
        if (change instanceof Change.SetAttributes set) {
            // Neither names nor values have the character U+0000.
            return lines(
                    "attributes",
                    "",
                    "",
                    set.attributes().entrySet().stream()
                            .map(a -> a.getKey() + '\0' + a.getValue() + '\0')
                            .collect(Collectors.joining()));
        } else if (change instanceof Change.SetHistory set) {
            return lines("history", StoredCodes.history(set.history()), "", "");
        } else if (change instanceof Change.TransferOwnership transfer) {
            return lines("transfer", "", words(List.of(transfer.from(), transfer.to())), "");
        } else if (change instanceof Change.MuteMember mute) {
            return lines("mute", mute.untilMillis(), mute.user(), "");
        } else if (change instanceof Change.SetConversation set) {
            return lines("setting", StoredSettings.text(set.settings()), set.of(), "");
        } else if (change instanceof Change.Block block) {
            return lines("block", block.blocked() ? 1 : 0, block.user(), "");
        }
        throw new IllegalArgumentException("a change of " + change.getClass() + " is not known to the Redis store");
    }

    private static String lines(String operation, Object detail, Object users, String name) {
        return operation + '\n' + detail + '\n' + users + '\n' + name;
    }

    private static String words(Iterable<UserId> users) {
        List<String> names = new ArrayList<>();
        users.forEach(user -> names.add(user.value()));
        return names.stream().collect(Collectors.joining(" "));
    }
}
