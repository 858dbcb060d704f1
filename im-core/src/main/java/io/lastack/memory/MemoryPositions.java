package io.lastack.memory;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.CursorKey;
import io.lastack.cursor.ReadAdvance;
import io.lastack.cursor.SortedAdvances;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.spi.Place;
import io.lastack.spi.Positions;
import io.lastack.spi.Standing;
import io.lastack.spi.Standing.Ack;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Positions in the conversations of another store. Its monitor guards all of it. */
final class MemoryPositions implements Positions {
    private final Map<ConversationId, Map<UserId, Standing>> standings = new HashMap<>();
    /** Each device that is noted, and whether it has its first positions. */
    private final Map<UserId, Map<DeviceId, Boolean>> devices = new HashMap<>();

    @Override
    public synchronized boolean starting(UserId user, DeviceId device) {
        return !devicesOf(user).computeIfAbsent(device, d -> false);
    }

    @Override
    public synchronized boolean registered(UserId user, DeviceId device) {
        Boolean before = devicesOf(user).put(device, true);
        return before == null || !before;
    }

    private Map<DeviceId, Boolean> devicesOf(UserId user) {
        return devices.computeIfAbsent(user, u -> new HashMap<>());
    }

    @Override
    public List<Boolean> raiseAcks(List<AckAdvance> advances) {
        List<AckAdvance> checked = SortedAdvances.acks(advances);
        synchronized (this) {
            return checked.stream().map(this::raise).toList();
        }
    }

    @Override
    public List<Boolean> raiseReads(List<ReadAdvance> advances) {
        List<ReadAdvance> checked = SortedAdvances.reads(advances);
        synchronized (this) {
            return checked.stream().map(this::raise).toList();
        }
    }

    private boolean raise(AckAdvance advance) {
        CursorKey key = advance.key();
        Standing before = standing(key.conversation(), key.user());
        if (advance.seq() <= before.ack(key.device())) {
            return false;
        }
        Map<DeviceId, Ack> acks = new HashMap<>(before.acks());
        acks.put(key.device(), new Ack(advance.seq(), advance.at()));
        put(key.conversation(), key.user(), new Standing(acks, before.lastRead(), before.readAt()));
        return true;
    }

    private boolean raise(ReadAdvance advance) {
        Standing before = standing(advance.conversation(), advance.user());
        if (advance.seq() <= before.lastRead()) {
            return false;
        }
        put(advance.conversation(), advance.user(), new Standing(before.acks(), advance.seq(), advance.at()));
        return true;
    }

    private void put(ConversationId conversation, UserId user, Standing standing) {
        standings.computeIfAbsent(conversation, c -> new HashMap<>()).put(user, standing);
    }

    private Standing standing(ConversationId conversation, UserId user) {
        return standings.getOrDefault(conversation, Map.of()).getOrDefault(user, Standing.NONE);
    }

    @Override
    public synchronized Map<Place, Standing> standings(Collection<Place> places) {
        Map<Place, Standing> found = new HashMap<>();
        for (Place place : places) {
            Standing standing =
                    standings.getOrDefault(place.conversation(), Map.of()).get(place.user());
            if (standing != null) {
                found.put(place, standing);
            }
        }
        return found;
    }

    @Override
    public synchronized Map<UserId, Standing> standings(ConversationId conversation) {
        return Map.copyOf(standings.getOrDefault(conversation, Map.of()));
    }

    @Override
    public synchronized void forget(UserId user, Collection<ConversationId> conversations) {
        devices.remove(user);
        for (ConversationId conversation : conversations) {
            standings.computeIfPresent(conversation, (c, of) -> {
                of.remove(user);
                return of.isEmpty() ? null : of;
            });
        }
    }

    /** The devices that are noted of a user, or have a position. */
    synchronized Set<DeviceId> devices(UserId user) {
        Set<DeviceId> found = new HashSet<>(devices.getOrDefault(user, Map.of()).keySet());
        standings
                .values()
                .forEach(of ->
                        found.addAll(of.getOrDefault(user, Standing.NONE).acks().keySet()));
        return found;
    }
}
