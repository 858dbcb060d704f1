package io.lastack.memory;

import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceEntry;
import io.lastack.spi.RoomPlace;
import io.lastack.spi.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is connected and who is in which room, on the heap, for the engines of one process. Never blocks for long. */
public final class MemoryPresenceDirectory implements PresenceDirectory {
    private static final int LAST_SEEN = 100_000;

    private final EngineRuntime runtime;
    private final Map<String, Long> leases = new HashMap<>();
    private final TreeMap<UserId, TreeMap<DeviceId, PresenceEntry>> users = new TreeMap<>();
    private final Map<String, Set<RoomPlace>> rooms = new HashMap<>();
    private final Map<UserId, Long> lastSeen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, Long> eldest) {
            return size() > LAST_SEEN;
        }
    };

    private MemoryPresenceDirectory(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    /** @param runtime tells when leases end */
    public static MemoryPresenceDirectory create(EngineRuntime runtime) {
        return new MemoryPresenceDirectory(runtime);
    }

    @Override
    public synchronized void begin(String node, Duration lease) {
        end(node);
        leases.put(node, endOf(lease));
    }

    private long endOf(Duration lease) {
        return runtime.nanoTime() + lease.toNanos();
    }

    @Override
    public synchronized boolean renew(String node, Duration lease) {
        boolean lived = lives(node);
        leases.put(node, endOf(lease));
        leases.keySet().stream().filter(other -> !lives(other)).toList().forEach(this::end);
        return lived;
    }

    private boolean lives(String node) {
        Long end = leases.get(node);
        return end != null && end - runtime.nanoTime() > 0;
    }

    @Override
    public synchronized void end(String node) {
        leases.remove(node);
        List<PresenceEntry> of = users.values().stream()
                .flatMap(devices -> devices.values().stream())
                .filter(entry -> entry.node().equals(node))
                .toList();
        leave(of);
        rooms.values().forEach(places -> places.removeIf(place -> place.node().equals(node)));
        rooms.values().removeIf(Set::isEmpty);
    }

    @Override
    public synchronized PresenceEntry claim(PresenceEntry entry) {
        long before = users.getOrDefault(entry.user(), new TreeMap<>()).values().stream()
                .mapToLong(PresenceEntry::since)
                .reduce(-1, Math::max);
        PresenceEntry claimed = entry.since() > before ? entry : entry.withSince(before + 1);
        keep(claimed);
        return claimed;
    }

    @Override
    public synchronized List<PresenceEntry> put(List<PresenceEntry> entries) {
        List<PresenceEntry> kept = new ArrayList<>(entries.size());
        for (PresenceEntry entry : entries) {
            PresenceEntry before = find(entry);
            if (before != null && before.isAfter(entry)) {
                kept.add(before);
            } else {
                keep(entry);
                kept.add(entry);
            }
        }
        return kept;
    }

    private @Nullable PresenceEntry find(PresenceEntry like) {
        Map<DeviceId, PresenceEntry> devices = users.get(like.user());
        return devices == null ? null : devices.get(like.device());
    }

    private void keep(PresenceEntry entry) {
        users.computeIfAbsent(entry.user(), u -> new TreeMap<>()).put(entry.device(), entry);
    }

    @Override
    public synchronized void leave(Collection<PresenceEntry> entries) {
        for (PresenceEntry entry : entries) {
            PresenceEntry kept = find(entry);
            if (kept != null && kept.isSameSession(entry)) {
                users.computeIfPresent(entry.user(), (user, devices) -> {
                    devices.remove(entry.device());
                    return devices.isEmpty() ? null : devices;
                });
                lastSeen.merge(entry.user(), Math.max(entry.lastActivity(), kept.lastActivity()), Math::max);
            }
        }
    }

    @Override
    public synchronized List<UserPresence> lookup(List<UserId> wanted) {
        return wanted.stream().map(this::lookup).toList();
    }

    private UserPresence lookup(UserId user) {
        List<PresenceEntry> live = live(user);
        long seen = live.stream().mapToLong(PresenceEntry::lastActivity).reduce(0, Math::max);
        return new UserPresence(user, live, Math.max(seen, lastSeen.getOrDefault(user, 0L)));
    }

    private List<PresenceEntry> live(UserId user) {
        TreeMap<DeviceId, PresenceEntry> devices = users.get(user);
        return devices == null
                ? List.of()
                : devices.values().stream().filter(e -> lives(e.node())).toList();
    }

    @Override
    public synchronized List<UserId> online(@Nullable UserId after, int limit) {
        Collection<UserId> behind =
                after == null ? users.keySet() : users.tailMap(after, false).keySet();
        return behind.stream()
                .filter(user -> !live(user).isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void enterRooms(Collection<RoomPlace> places) {
        places.forEach(place ->
                rooms.computeIfAbsent(place.room(), r -> new HashSet<>()).add(place));
    }

    @Override
    public synchronized void leaveRooms(Collection<RoomPlace> places) {
        for (RoomPlace place : places) {
            Set<RoomPlace> in = rooms.get(place.room());
            if (in != null && in.remove(place) && in.isEmpty()) {
                rooms.remove(place.room());
            }
        }
    }

    @Override
    public synchronized List<UserId> members(String room) {
        Set<UserId> members = new TreeSet<>();
        for (RoomPlace place : rooms.getOrDefault(room, Set.of())) {
            if (lives(place.node())) {
                members.add(place.user());
            }
        }
        return List.copyOf(members);
    }
}
