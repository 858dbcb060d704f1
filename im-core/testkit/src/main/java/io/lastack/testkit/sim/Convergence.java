package io.lastack.testkit.sim;

import io.lastack.client.ConnectionState;
import io.lastack.client.ImClient;
import io.lastack.cursor.CursorKey;
import io.lastack.session.SessionInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether everything has arrived that must. */
final class Convergence {
    private final World world;

    Convergence(World world) {
        this.world = world;
    }

    /** @return something that has not happened yet; null if nothing is owed */
    @Nullable
    String owed() {
        for (Device device : world.devices()) {
            String owed = owed(device);
            if (owed != null) {
                return owed;
            }
        }
        return null;
    }

    private @Nullable String owed(Device device) {
        ImClient client = device.client();
        if (client == null || !(client.state() instanceof ConnectionState.Online)) {
            return device.name() + " is not online but " + (client == null ? "off" : client.state());
        }
        if (client.outboxSize() > 0) {
            return device.name() + " has " + client.outboxSize() + " messages in its outbox";
        }
        String elsewhere = world.scenario().hasBus() ? presence(device) : null;
        if (elsewhere != null) {
            return elsewhere;
        }
        for (LoggedConversation conversation : world.truth().ledger().all()) {
            Entitlement entitlement = conversation.of(device.user());
            String owed = entitlement == null ? null : owed(device, conversation, entitlement);
            if (owed != null) {
                return owed;
            }
        }
        return null;
    }

    /** One connection of each device is left, over all nodes, and it is the one that the directory knows of. */
    private @Nullable String presence(Device device) {
        List<String> connected = new ArrayList<>();
        for (Node node : world.nodes()) {
            for (SessionInfo session : node.engine().sessions().of(device.user())) {
                if (session.device().equals(device.id())) {
                    connected.add(node.name() + " " + session.id());
                }
            }
        }
        List<String> known = world.cluster().presence(device.user()).entries().stream()
                .filter(entry -> entry.device().equals(device.id()))
                .map(entry -> entry.node() + " " + entry.session())
                .toList();
        return known.equals(connected) && connected.size() == 1
                ? null
                : device.name() + " is connected by " + connected + "; the directory says " + known;
    }

    private @Nullable String owed(Device device, LoggedConversation conversation, Entitlement entitlement) {
        Ledger ledger = world.truth().ledger();
        CursorKey key = device.key(conversation.id());
        DeviceView view = device.app().view(ledger.epoch(), conversation.id());
        long upTo = conversation.highestConfirmed(entitlement.last());
        long from = Math.max(ledger.start(key), entitlement.first() - 1) + 1;
        for (long seq = from; seq <= upTo; seq++) {
            if (!view.isConfirmed(seq)) {
                return device.name() + " never had seq " + seq + " of " + conversation.id() + ", of which " + upTo
                        + " is confirmed and " + device.user() + " may see " + entitlement;
            }
        }
        if (upTo >= from && ledger.floor(key) < upTo) {
            return "the floor of " + key + " is " + ledger.floor(key) + "; the device has everything up to " + upTo;
        }
        return new MadeCheck(ledger).wrong(device, conversation, from, upTo);
    }
}
