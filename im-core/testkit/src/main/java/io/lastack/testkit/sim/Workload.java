package io.lastack.testkit.sim;

import io.lastack.client.ClientRequests;
import io.lastack.client.ImClient;
import io.lastack.log.Change.History;
import io.lastack.log.Change.Role;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.GroupAction;
import io.lastack.session.Result;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What users and their host do. */
final class Workload {
    private static final int MOST_GROUPS = 8;
    private static final int MOST_TRANSACTIONS = 20;
    private static final int LARGE = 700;

    private final World world;
    private final RevisionWork revisions;
    private final OwnSettingsWork ownSettings;
    private int contents;
    private int hostDrafts;
    /** The newest transactions of the host's, of which nodes may be told once more. */
    private final Deque<HostTransaction> transactions = new ArrayDeque<>();

    Workload(World world) {
        this.world = world;
        this.revisions = new RevisionWork(world, this);
        this.ownSettings = new OwnSettingsWork(world);
    }

    /** The groups that there are from the beginning: all users but one in each, with and without history in turn. */
    void begin() {
        for (int i = 0; i < world.scenario().groups(); i++) {
            ConversationId group = ConversationId.group("g" + i);
            world.groups().add(group);
            UserId out = world.user(i);
            List<UserId> members =
                    world.users().stream().filter(u -> !u.equals(out)).toList();
            History history = i % 2 == 0 ? History.FROM_JOIN : History.ALL;
            confirm(
                    world.node(0)
                            .engine()
                            .groups()
                            .create(group, members.get(0), "group " + i, history, members)
                            .thenApply(g -> 1L),
                    group);
        }
    }

    void act(Action action) {
        Device device = world.device(action.a());
        ImClient client = device.client();
        switch (action.activity()) {
            case SEND_DIRECT -> sendDirect(device, action, 1);
            case SEND_GROUP -> sendToGroup(device, action, 1);
            case SEND_BURST -> burst(device, action);
            case HOST_SEND -> hostSend(action);
            case HOST_TRANSACTION -> hostTransaction(action);
            case HOST_SIGNAL -> hostSignal(action);
            case NOTIFY -> {
                if (client != null) {
                    confirm(
                            device,
                            client.requests().notify(world.user(action.b()), "greeting", "", "", Map.of()),
                            Result.Notify::conversation,
                            Result.Notify::seq);
                }
            }
            case RECALL, EDIT, REACT, UPDATE_STATUS -> revisions.act(device, action);
            case SET_CONVERSATION, BLOCK -> ownSettings.act(device, action);
            case READ -> read(device, action);
            case QUERY -> query(device, action);
            case SIGNAL -> {
                ConversationId conversation = anyOf(device.app().shown(), action.b());
                if (client != null && conversation != null) {
                    client.signal(conversation, "typing", Body.of(""));
                }
            }
            default -> group(device, action);
        }
    }

    // ---- messages

    private void burst(Device device, Action action) {
        if (action.b() % 2 == 0) {
            sendDirect(device, action, 5 + action.c() % 20);
        } else {
            sendToGroup(device, action, 5 + action.c() % 20);
        }
    }

    private void sendDirect(Device device, Action action, int count) {
        UserId peer = world.user(action.b());
        ImClient client = device.client();
        if (client != null && !peer.equals(device.user())) {
            for (int i = 0; i < count; i++) {
                client.send(peer, content(action.c() + i));
            }
        }
    }

    private void sendToGroup(Device device, Action action, int count) {
        ImClient client = device.client();
        ConversationId group = groupOf(device.user(), action.b());
        if (client != null && group != null) {
            for (int i = 0; i < count; i++) {
                client.send(group, content(action.c() + i));
            }
        }
    }

    private void hostSend(Action action) {
        Node node = world.node(action.c());
        UserId sender = world.user(action.a());
        UserId peer = world.user(action.b());
        ConversationId conversation = action.c() % 2 == 0 || peer.equals(sender)
                ? groupOf(sender, action.b())
                : ConversationId.direct(sender, peer);
        if (node.isRunning() && conversation != null) {
            Draft draft = Draft.of(sender, conversation, content(action.c())).withClientMessageId(hostDraft());
            confirm(node.engine().messages().send(draft).thenApply(sent -> sent.seq()), conversation);
        }
    }

    /** One in four is rolled back: nothing of it may ever be seen. */
    private void hostTransaction(Action action) {
        UserId sender = world.user(action.a());
        UserId receiver = world.user(action.b());
        ConversationId group = groupOf(sender, action.b());
        ConversationId conversation = action.c() % 2 == 0 || group == null ? ConversationId.inbox(receiver) : group;
        Draft draft = Draft.of(sender, conversation, content(action.c())).withClientMessageId(hostDraft());
        boolean committed = action.c() % 4 > 0 && !isDissolved(conversation);
        HostTransaction transaction = HostTransaction.of(draft, committed, world.truth());
        if (committed) {
            world.confirmed(world.truth().ledger().epoch(), conversation, transaction.seq());
        }
        Node node = world.node(action.b());
        if (node.isRunning() && action.c() % 3 > 0) {
            var unused = node.engine().messages().committed(transaction);
        }
        transactions.add(transaction);
        if (transactions.size() > MOST_TRANSACTIONS) {
            transactions.remove();
        }
    }

    private void hostSignal(Action action) {
        Node node = world.node(action.b());
        String epoch = world.truth().ledger().epoch();
        transactions.removeIf(transaction -> !transaction.epoch().equals(epoch));
        HostTransaction transaction = anyOf(List.copyOf(transactions), action.c());
        if (node.isRunning() && transaction != null) {
            var unused = node.engine().messages().committed(transaction);
        }
    }

    private boolean isDissolved(ConversationId conversation) {
        LoggedConversation logged = world.truth().ledger().find(conversation);
        return logged != null && logged.dissolved();
    }

    /** One in five names somebody. */
    Content content(int lot) {
        String text = "m" + ++contents;
        Content content = Content.text(lot % 9 == 0 ? text + ".".repeat(lot % LARGE) : text);
        return lot % 5 == 0 ? content.withMentions(List.of(world.user(lot / 5))) : content;
    }

    ClientMessageId hostDraft() {
        return ClientMessageId.of("host-" + ++hostDrafts);
    }

    private void read(Device device, Action action) {
        ConversationId conversation = anyOf(device.app().shown(), action.b());
        ImClient client = device.client();
        if (client == null || conversation == null) {
            return;
        }
        String epoch = device.app().epoch();
        long seq = device.app().view(epoch, conversation).lastShown();
        long marked = seq - (action.c() % 4 == 0 ? action.c() % (seq + 1) : 0);
        if (marked > 0) {
            var unused = client.read(conversation, marked).thenAccept(stored -> {
                Ledger ledger = world.truth().ledger();
                if (ledger.epoch().equals(epoch) && ledger.read(conversation, device.user()) < marked) {
                    world.referee()
                            .violated(
                                    Invariant.POSITIONS_NEVER_FALL,
                                    device.name() + " is told that it read " + marked + " of " + conversation
                                            + "; stored is " + ledger.read(conversation, device.user()));
                }
            });
        }
    }

    private void query(Device device, Action action) {
        ConversationId conversation = anyOf(device.app().shown(), action.b());
        ImClient client = device.client();
        if (client == null || conversation == null) {
            return;
        }
        ClientRequests requests = client.requests();
        long seq = 1L + action.c() % 20;
        CompletionStage<?> unused = switch (action.c() % 4) {
            case 0 -> requests.fetchAfter(conversation, seq - 1, 10);
            case 1 -> requests.fetchBefore(conversation, seq, 10);
            case 2 -> requests.conversations(null, 10);
            default -> requests.receipts(conversation, seq);
        };
    }

    // ---- groups

    private void group(Device device, Action action) {
        if (action.activity() == Activity.CREATE_GROUP) {
            create(device, action);
            return;
        }
        ConversationId group = anyOf(world.groups(), action.b());
        Node node = world.node(action.c());
        if (group == null || !node.isRunning()) {
            return;
        }
        UserId user = world.user(action.c() / 4);
        boolean byHost = action.c() % 2 == 0;
        var groups = node.engine().groups();
        switch (action.activity()) {
            case ADD_MEMBER -> {
                if (byHost) {
                    confirm(groups.add(device.user(), group, List.of(user)), group);
                } else {
                    change(device, group, new GroupAction.AddMembers(List.of(user.value())));
                }
            }
            case REMOVE_MEMBER -> {
                if (byHost) {
                    confirm(groups.remove(device.user(), group, List.of(user)), group);
                } else {
                    change(device, group, new GroupAction.RemoveMembers(List.of(user.value())));
                }
            }
            case LEAVE -> change(device, group, new GroupAction.Leave());
            case CHANGE_GROUP -> {
                if (byHost) {
                    confirm(groups.setRole(device.user(), group, user, Role.ADMIN), group);
                } else {
                    confirm(groups.rename(device.user(), group, "name " + action.c()), group);
                }
            }
            case DISSOLVE -> confirm(groups.dissolve(device.user(), group), group);
            default -> {
                // Time passes.
            }
        }
    }

    private void create(Device device, Action action) {
        ImClient client = device.client();
        if (client != null && world.groups().size() < MOST_GROUPS) {
            ConversationId group = ConversationId.group("g" + world.groups().size());
            world.groups().add(group);
            List<UserId> members = List.of(world.user(action.b()), world.user(action.b() + 1 + action.c() % 2));
            confirm(
                    device,
                    client.requests().createGroup(group.value().substring("group:".length()), "group", members),
                    Result.Group::conversation,
                    result -> 1);
        }
    }

    private void change(Device device, ConversationId group, GroupAction action) {
        ImClient client = device.client();
        if (client != null) {
            confirm(
                    device,
                    client.requests().changeGroup(group, action),
                    Result.Group::conversation,
                    Result.Group::seq);
        }
    }

    private @Nullable ConversationId groupOf(UserId user, int lot) {
        List<ConversationId> own = world.groups().stream()
                .filter(group -> {
                    Entitlement entitlement = world.truth().ledger().entitlement(group, user);
                    return entitlement != null && entitlement.isMember();
                })
                .toList();
        return anyOf(own, lot);
    }

    static <T> @Nullable T anyOf(List<T> list, int lot) {
        return list.isEmpty() ? null : list.get(lot % list.size());
    }

    // ---- what was confirmed

    void confirm(CompletionStage<Long> seq, ConversationId conversation) {
        String epoch = world.truth().ledger().epoch();
        var unused = seq.thenAccept(at -> world.confirmed(epoch, conversation, at));
    }

    <R> void confirm(
            Device device,
            CompletionStage<R> result,
            java.util.function.Function<R, ConversationId> conversation,
            java.util.function.ToLongFunction<R> seq) {
        var unused = result.thenAccept(
                r -> world.confirmed(device.app().epoch(), conversation.apply(r), seq.applyAsLong(r)));
    }
}
