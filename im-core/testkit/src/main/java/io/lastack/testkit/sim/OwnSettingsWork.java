package io.lastack.testkit.sim;

import io.lastack.client.ImClient;
import io.lastack.log.Change;
import io.lastack.log.ConversationId;
import io.lastack.log.ConversationSettings;
import io.lastack.log.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What users set for themselves. */
final class OwnSettingsWork {
    private final World world;

    OwnSettingsWork(World world) {
        this.world = world;
    }

    void act(Device device, Action action) {
        ImClient client = device.client();
        if (client == null) {
            return;
        }
        if (action.activity() == Activity.BLOCK) {
            block(device, client, action);
            return;
        }
        List<ConversationId> shown = device.app().shown();
        if (!shown.isEmpty()) {
            ConversationId of = shown.get(action.b() % shown.size());
            ConversationSettings wanted =
                    new ConversationSettings(action.c() % 5, action.c() % 2 == 0, action.c() % 3 == 0);
            set(
                    device,
                    new Change.SetConversation(of, wanted),
                    client.requests().settings(of, wanted));
        }
    }

    /** Most of the time nobody is blocked. */
    private void block(Device device, ImClient client, Action action) {
        List<UserId> blocked = world.truth().ledger().own(device.user()).blocked();
        UserId user = blocked.isEmpty() ? world.user(action.b()) : blocked.get(0);
        if (!user.equals(device.user())) {
            set(
                    device,
                    new Change.Block(user, blocked.isEmpty()),
                    client.requests().block(user, blocked.isEmpty()));
        }
    }

    private void set(Device device, Change change, CompletionStage<Boolean> done) {
        String epoch = device.app().epoch();
        var unused = done.thenAccept(yes -> {
            Ledger ledger = world.truth().ledger();
            if (ledger.epoch().equals(epoch) && !ledger.own(device.user()).wasSet(change)) {
                world.referee()
                        .violated(
                                Invariant.COUNTS_AND_SETTINGS_HOLD,
                                device.name() + " is told that " + change + " is set; it never was");
            }
        });
    }
}
