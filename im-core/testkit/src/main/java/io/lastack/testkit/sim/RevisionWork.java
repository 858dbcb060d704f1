package io.lastack.testkit.sim;

import io.lastack.client.ImClient;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.Result;
import io.lastack.session.Revision;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Users and their host recall, edit and react, and give notifications another status. */
final class RevisionWork {
    private static final List<String> EMOJIS = List.of("+1", "heart", "eyes");
    private static final List<String> STATUSES = List.of("pending", "accepted", "refused", "expired");
    private static final int NEWEST = 12;

    private final World world;
    private final Workload workload;

    RevisionWork(World world, Workload workload) {
        this.world = world;
        this.workload = workload;
    }

    void act(Device device, Action action) {
        boolean byHost = action.c() % 4 == 0;
        if (action.activity() == Activity.UPDATE_STATUS) {
            updateStatus(device, action, byHost);
        } else if (byHost) {
            byHost(device.user(), action);
        } else {
            byDevice(device, action);
        }
    }

    private void byDevice(Device device, Action action) {
        ImClient client = device.client();
        ConversationId conversation = Workload.anyOf(device.app().shown(), action.b());
        if (client == null || conversation == null) {
            return;
        }
        Made made = device.app().view(device.app().epoch(), conversation).made();
        if (action.activity() == Activity.REACT && action.b() / 64 % 2 == 0 && takeBack(device, client, made, action)) {
            return;
        }
        boolean own =
                action.activity() == Activity.EDIT || (action.activity() == Activity.RECALL && action.c() % 3 > 0);
        Message target = newest(made, message -> !own || message.sender().equals(device.user()), action.c() / 4);
        if (target != null) {
            revise(device, client, target, revision(action));
        }
    }

    /** @return whether the user has reacted to one of the newest messages */
    private boolean takeBack(Device device, ImClient client, Made made, Action action) {
        Message target = newest(made, message -> ownReaction(device, made, message) != null, action.c() / 4);
        String emoji = target == null ? null : ownReaction(device, made, target);
        if (target == null || emoji == null) {
            return false;
        }
        revise(device, client, target, new Revision.React(emoji, true));
        return true;
    }

    private static @Nullable String ownReaction(Device device, Made made, Message message) {
        return made.reactions(message.seq()).keySet().stream()
                .filter(key -> key.user().equals(device.user()))
                .map(LoggedRevisions.Key::emoji)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private void revise(Device device, ImClient client, Message target, Revision revision) {
        workload.confirm(
                device,
                client.requests().revise(target.conversation(), target.seq(), revision),
                Result.Revise::conversation,
                Result.Revise::seq);
    }

    private Revision revision(Action action) {
        return switch (action.activity()) {
            case RECALL -> new Revision.Recall();
            case EDIT -> {
                Content content = workload.content(action.c() / 16);
                yield new Revision.Edit(
                        Body.of(content.payload().asText()),
                        content.mentions().stream().map(UserId::value).toList());
            }
            default -> new Revision.React(emoji(action), isRemoval(action));
        };
    }

    private static String emoji(Action action) {
        return EMOJIS.get(action.c() / 16 % EMOJIS.size());
    }

    private static boolean isRemoval(Action action) {
        return action.c() / 64 % 3 == 0;
    }

    /** One of the newest that can be revised. */
    private static @Nullable Message newest(Made made, Predicate<Message> which, int lot) {
        List<Message> some = made.messages().descendingMap().values().stream()
                .filter(message -> message.content().isRevisable())
                .filter(which)
                .limit(NEWEST)
                .toList();
        return Workload.anyOf(some, lot);
    }

    /** The host asks nobody: it also tries what was recalled, or is no message. */
    private void byHost(UserId user, Action action) {
        Node node = world.node(action.c());
        List<LoggedConversation> all = List.copyOf(world.truth().ledger().all());
        LoggedConversation conversation = Workload.anyOf(all, action.b());
        if (!node.isRunning() || conversation == null || conversation.head() == 0) {
            return;
        }
        long seq = Math.max(1, conversation.head() - action.c() / 4 % NEWEST);
        Content content = switch (action.activity()) {
            case RECALL -> Content.recall(seq);
            case EDIT -> {
                Content now = workload.content(action.c() / 16);
                yield Content.edit(seq, now.payload(), now.ext(), now.mentions());
            }
            default -> Reaction.content(seq, emoji(action), isRemoval(action));
        };
        Draft draft = Draft.of(user, conversation.id(), content).withClientMessageId(workload.hostDraft());
        workload.confirm(node.engine().messages().send(draft).thenApply(sent -> sent.seq()), conversation.id());
    }

    /** By its receiver, or by its sender; or by the host in the name of one of them. */
    private void updateStatus(Device device, Action action, boolean byHost) {
        boolean bySender = action.b() % 3 == 0;
        UserId receiver = bySender ? world.user(action.b() / 3) : device.user();
        LoggedConversation inbox = world.truth().ledger().find(ConversationId.inbox(receiver));
        long seq = inbox == null ? 0 : notification(inbox, bySender ? device.user() : null, action.c() / 4);
        String status = STATUSES.get(action.c() / 16 % STATUSES.size());
        String remark = action.b() % 2 == 0 ? "" : "remark " + action.b() % 7;
        ImClient client = device.client();
        Node node = world.node(action.b());
        if (seq == 0 || inbox == null) {
            return;
        }
        if (!byHost && client != null) {
            workload.confirm(
                    device,
                    client.requests().updateStatus(receiver, seq, status, remark),
                    Result.Notify::conversation,
                    Result.Notify::seq);
        } else if (byHost && node.isRunning()) {
            workload.confirm(
                    node.engine()
                            .notifications()
                            .updateStatus(device.user(), receiver, seq, workload.hostDraft(), status, remark)
                            .thenApply(sent -> sent.seq()),
                    inbox.id());
        }
    }

    /** One of the newest notifications of an inbox, from a user if one is named; 0 if there is none. */
    private static long notification(LoggedConversation inbox, @Nullable UserId sender, int lot) {
        long found = 0;
        int left = lot % NEWEST;
        for (long seq = inbox.head(); seq > 0 && left >= 0; seq--) {
            LoggedEntry entry = inbox.entry(seq);
            if (entry != null
                    && entry.now().kind().equals(Content.NOTIFICATION)
                    && (sender == null || entry.draft().sender().equals(sender))) {
                found = seq;
                left--;
            }
        }
        return found;
    }
}
