package io.lastack.examples.campaign;

import io.lastack.client.ImClient;
import io.lastack.client.OutboxEntry;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import io.lastack.session.GroupAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the user of a device does: mostly sends; reads; and comes and goes in one of the two groups. */
final class Work {
    /** Everybody belongs to it all the time. */
    static final ConversationId ALL = ConversationId.group("all");

    /** Members come and go. */
    static final ConversationId CLUB = ConversationId.group("club");

    private static final int MOST_WAITING = 20;

    private final DeviceName name;
    private final ImClient client;
    private final Journal journal;
    private final Witness witness;
    private final Random random;
    private @Nullable CompletableFuture<?> change;
    /** The last change of members that this device asked for. */
    private CompletableFuture<Boolean> asked = CompletableFuture.completedFuture(true);

    private boolean groupsExist;
    private boolean everybodyBack;

    Work(DeviceName name, ImClient client, Journal journal, Witness witness, Random random) {
        this.name = name;
        this.client = client;
        this.journal = journal;
        this.witness = witness;
        this.random = random;
        this.groupsExist = !name.equals(DeviceName.OWNER);
    }

    void step() {
        if (!groupsExist) {
            makeGroups();
        }
        if (client.outboxSize() < MOST_WAITING) {
            send();
        }
        int dice = random.nextInt(200);
        if (dice < 10) {
            read();
        } else if (dice == 10) {
            comeOrGo();
        }
    }

    private void makeGroups() {
        groupsExist = true;
        for (ConversationId group : List.of(ALL, CLUB)) {
            client.requests().createGroup(group.value().substring("group:".length()), "All of us", DeviceName.USERS);
        }
    }

    private void send() {
        int dice = random.nextInt(DeviceName.USERS.size() + 2);
        if (dice >= DeviceName.USERS.size()) {
            send((dice == DeviceName.USERS.size() ? ALL : CLUB).value());
        } else if (!DeviceName.USERS.get(dice).equals(name.user())) {
            send("user:" + DeviceName.USERS.get(dice));
        }
    }

    private void send(String target) {
        OutboxEntry entry = new OutboxEntry(target, client.drawId(), Content.text("a message of " + name));
        journal.write(Word.SEND, entry.id(), target);
        client.send(entry);
    }

    private void read() {
        List<Map.Entry<ConversationId, Long>> shown =
                new ArrayList<>(witness.newest().entrySet());
        if (!shown.isEmpty()) {
            Map.Entry<ConversationId, Long> position = shown.get(random.nextInt(shown.size()));
            client.read(position.getKey(), position.getValue())
                    .thenAccept(stored -> journal.write(Word.READ, position.getKey(), position.getValue()));
        }
    }

    private void comeOrGo() {
        if (!name.equals(DeviceName.OWNER)) {
            if (!name.user().equals(DeviceName.OWNER.user())) {
                change(new GroupAction.Leave());
            }
        } else if (random.nextInt(4) == 0) {
            change(new GroupAction.RemoveMembers(List.of(others().get(random.nextInt(others().size())))));
        } else {
            change(new GroupAction.AddMembers(others()));
        }
    }

    private static List<String> others() {
        return DeviceName.USERS.stream()
                .filter(user -> !user.equals(DeviceName.OWNER.user()))
                .map(UserId::value)
                .toList();
    }

    private CompletionStage<Boolean> change(GroupAction action) {
        asked = client.requests()
                .changeGroup(CLUB, action)
                .handle((result, failure) -> {
                    if (result != null) {
                        journal.write(Word.CHANGED, CLUB, result.seq());
                    }
                    return result != null;
                })
                .toCompletableFuture();
        return asked;
    }

    /** Whether no change of members that this device asked for is under way. */
    boolean isStill() {
        return asked.isDone();
    }

    /** @return whether all is sent, and, for the owner, everybody is back in the group */
    boolean finish() {
        if (name.equals(DeviceName.OWNER) && !everybodyBack) {
            bringBack();
            return false;
        }
        return client.outboxSize() == 0;
    }

    private void bringBack() {
        if (change == null) {
            change = change(new GroupAction.AddMembers(others())).toCompletableFuture();
        } else if (change.isDone()) {
            everybodyBack = Boolean.TRUE.equals(change.join());
            change = null;
            if (everybodyBack) {
                send(CLUB.value());
            }
        }
    }
}
