package io.lastack.testkit.sim;

import io.lastack.error.StoreException;
import io.lastack.log.UserId;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceEntry;
import io.lastack.spi.RoomPlace;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The presence directory as one life of a node reaches it: calls take time, fail while it is away, or never return. */
final class NodeDirectory implements PresenceDirectory {
    private final PresenceDirectory shared;
    private final Process process;
    private final VirtualTime time;
    private final Weather weather;
    private final Cluster cluster;
    private final Referee referee;

    NodeDirectory(
            PresenceDirectory shared,
            Process process,
            VirtualTime time,
            Weather weather,
            Cluster cluster,
            Referee referee) {
        this.shared = shared;
        this.process = process;
        this.time = time;
        this.weather = weather;
        this.cluster = cluster;
        this.referee = referee;
    }

    private <T> T call(Supplier<T> effect) {
        if (!process.mayBlock()) {
            referee.violated(
                    Invariant.NO_FAILURE, process.name() + " calls the presence directory where it must not block");
        }
        pass();
        if (cluster.isDirectoryAway()) {
            throw new StoreException("the directory is away", null, true, StoreException.Effect.NOT_APPLIED);
        }
        T answer = effect.get();
        pass();
        return answer;
    }

    private void pass() {
        weather.pass(time);
        process.requireAlive();
    }

    private void run(Runnable effect) {
        call(() -> {
            effect.run();
            return true;
        });
    }

    @Override
    public void begin(String node, Duration lease) {
        run(() -> shared.begin(node, lease));
    }

    @Override
    public boolean renew(String node, Duration lease) {
        return call(() -> shared.renew(node, lease));
    }

    @Override
    public void end(String node) {
        run(() -> shared.end(node));
    }

    @Override
    public PresenceEntry claim(PresenceEntry entry) {
        return call(() -> shared.claim(entry));
    }

    @Override
    public List<PresenceEntry> put(List<PresenceEntry> entries) {
        return call(() -> shared.put(entries));
    }

    @Override
    public void leave(Collection<PresenceEntry> entries) {
        run(() -> shared.leave(entries));
    }

    @Override
    public List<UserPresence> lookup(List<UserId> users) {
        return call(() -> shared.lookup(users));
    }

    @Override
    public List<UserId> online(@Nullable UserId after, int limit) {
        return call(() -> shared.online(after, limit));
    }

    @Override
    public void enterRooms(Collection<RoomPlace> places) {
        run(() -> shared.enterRooms(places));
    }

    @Override
    public void leaveRooms(Collection<RoomPlace> places) {
        run(() -> shared.leaveRooms(places));
    }

    @Override
    public List<UserId> members(String room) {
        return call(() -> shared.members(room));
    }
}
