package io.lastack.testkit.sim;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Everything that one simulation consists of. */
final class World {
    private final Scenario scenario;
    private final SplittableRandom random;
    private final Referee referee = new Referee();
    private final VirtualTime time;
    private final Trace trace;
    private final Truth truth;
    private final Gate gate;
    private final Network network;
    private final Cluster cluster;
    private final List<Node> nodes = new ArrayList<>();
    private final List<UserId> users = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<ConversationId> groups = new ArrayList<>();

    World(Scenario scenario, long seed, boolean keepTrace) {
        this.scenario = scenario;
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        this.time = new VirtualTime(random.split(), referee);
        this.trace = new Trace(keepTrace, time);
        referee.writeTo(trace);
        this.truth = new Truth(
                scenario::newStore,
                (epoch, key, seq) -> device(key.device())
                        .app()
                        .view(epoch, key.conversation())
                        .isConfirmed(seq),
                time,
                referee);
        this.gate = new Gate(time);
        this.network = new Network(time, random.split(), referee, trace, truth, scenario);
        // Without a bus nothing draws from this: other parts get what they always got from the same seed.
        SplittableRandom ofCluster = scenario.hasBus() ? random.split() : new SplittableRandom(seed);
        this.cluster = new Cluster(new Process("cluster", time, ofCluster, 0));
        for (int i = 1; i <= scenario.nodes(); i++) {
            nodes.add(new Node("node" + i, this));
        }
        for (int i = 0; i < scenario.users(); i++) {
            UserId user = UserId.of("u" + i);
            users.add(user);
            addDevice(user, "a");
            if (i < scenario.secondDevices()) {
                addDevice(user, "b");
            }
        }
    }

    private void addDevice(UserId user, String which) {
        devices.add(new Device(this, user, DeviceId.of(user + which)));
    }

    void start() {
        nodes.forEach(Node::start);
        devices.forEach(Device::start);
    }

    Scenario scenario() {
        return scenario;
    }

    /** A source of chance of its own, so that what one part draws does not change what another one gets. */
    SplittableRandom split() {
        return random.split();
    }

    Referee referee() {
        return referee;
    }

    VirtualTime time() {
        return time;
    }

    Trace trace() {
        return trace;
    }

    Truth truth() {
        return truth;
    }

    Gate gate() {
        return gate;
    }

    Network network() {
        return network;
    }

    Cluster cluster() {
        return cluster;
    }

    List<Node> nodes() {
        return nodes;
    }

    Node node(int number) {
        return nodes.get(Math.floorMod(number, nodes.size()));
    }

    List<UserId> users() {
        return users;
    }

    UserId user(int number) {
        return users.get(Math.floorMod(number, users.size()));
    }

    List<Device> devices() {
        return devices;
    }

    Device device(int number) {
        return devices.get(Math.floorMod(number, devices.size()));
    }

    Device device(DeviceId id) {
        for (Device device : devices) {
            if (device.id().equals(id)) {
                return device;
            }
        }
        throw new IllegalArgumentException("no device " + id + " is simulated");
    }

    List<ConversationId> groups() {
        return groups;
    }

    /** A device was told that its message is in the log. */
    void confirmed(Device device, String epoch, ConversationId conversation, ClientMessageId id, long seq) {
        Ledger ledger = truth.ledger();
        if (!ledger.epoch().equals(epoch)) {
            return;
        }
        LoggedConversation logged = ledger.find(conversation);
        long place = logged == null ? 0 : logged.placeOf(device.user(), id);
        if (logged == null || place != seq) {
            referee.violated(
                    Invariant.CONFIRMED_MESSAGES_STAY,
                    device.name() + " is told that " + id + " is at seq " + seq + " of " + conversation + "; it is at "
                            + place);
        } else {
            logged.confirm(seq);
        }
    }

    /**
     * Somebody was told that an entry is in the log.
     *
     * @param epoch under which it was asked for
     */
    void confirmed(String epoch, ConversationId conversation, long seq) {
        Ledger ledger = truth.ledger();
        if (seq < 1 || !ledger.epoch().equals(epoch)) {
            return;
        }
        LoggedConversation logged = ledger.find(conversation);
        if (logged == null || logged.head() < seq) {
            referee.violated(
                    Invariant.CONFIRMED_MESSAGES_STAY,
                    "seq " + seq + " of " + conversation + " was confirmed and is not in the log");
        } else {
            logged.confirm(seq);
        }
    }
}
