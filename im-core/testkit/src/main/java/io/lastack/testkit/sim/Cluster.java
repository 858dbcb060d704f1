package io.lastack.testkit.sim;

import io.lastack.log.UserId;
import io.lastack.memory.MemoryBus;
import io.lastack.memory.MemoryPresenceDirectory;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.List;

/** What joins the nodes, beside the store: a bus and a presence directory, and the ways in which they fail. */
final class Cluster {
    private final MemoryBus bus;
    private final MemoryPresenceDirectory directory;
    private boolean directoryAway;

    /** @param machine which they run on, and which never dies */
    Cluster(Process machine) {
        bus = MemoryBus.create(machine);
        directory = MemoryPresenceDirectory.create(machine);
    }

    MemoryBus bus() {
        return bus;
    }

    PresenceDirectory directory() {
        return directory;
    }

    /** Signals are lost, come twice, or come late and in another order. */
    void worsen(double loss, double repeats, Duration late) {
        bus.setLoss(loss);
        bus.setRepeats(repeats);
        bus.setShuffle(late);
    }

    void busIsUp(boolean up) {
        bus.setUp(up);
    }

    void directoryIsAway(boolean away) {
        directoryAway = away;
    }

    boolean isDirectoryAway() {
        return directoryAway;
    }

    /** Everything works again. */
    void calm() {
        worsen(0, 0, Duration.ZERO);
        busIsUp(true);
        directoryAway = false;
    }

    /** Where a user is connected, as the directory has it. */
    UserPresence presence(UserId user) {
        return directory.lookup(List.of(user)).get(0);
    }
}
