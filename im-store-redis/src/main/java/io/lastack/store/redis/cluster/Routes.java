package io.lastack.store.redis.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Which channel goes over which lane: all over one, or each over that of its slot's primary. Not changed once made. */
final class Routes {
    static final Routes NONE = new Routes(null, Map.of(), new Lane[0]);

    private final @Nullable Lane plain;
    private final Map<HostAndPort, Lane> byAddress;
    /** Empty if there are no shards; elements are null where a slot has no primary. */
    private final @Nullable Lane[] bySlot;

    private Routes(@Nullable Lane plain, Map<HostAndPort, Lane> byAddress, @Nullable Lane[] bySlot) {
        this.plain = plain;
        this.byAddress = byAddress;
        this.bySlot = bySlot;
    }

    static Routes plain(Lane lane) {
        return new Routes(lane, Map.of(), new Lane[0]);
    }

    /** The same over the shards as they are now; with the lanes that are there, as far as their own channels have not moved. */
    Routes over(Shards shards, Function<ShardAddress, Lane> lanes) {
        Map<HostAndPort, Lane> next = new LinkedHashMap<>();
        for (HostAndPort primary : shards.primaries()) {
            Lane known = byAddress.get(primary);
            boolean kept = known != null && primary.equals(shards.of(slot(RedisLink.bytes(known.own()))));
            next.put(primary, kept ? known : lanes.apply(new ShardAddress(primary, shards)));
        }
        @Nullable Lane[] slots = new Lane[Shards.SLOTS];
        for (int slot = 0; slot < slots.length; slot++) {
            HostAndPort primary = shards.of(slot);
            slots[slot] = primary == null ? null : next.get(primary);
        }
        return new Routes(null, next, slots);
    }

    private static int slot(byte[] channel) {
        return JedisClusterCRC16.getSlot(channel);
    }

    /** @return null if there is none now */
    @Nullable
    Lane of(byte[] channel) {
        return bySlot.length == 0 ? plain : bySlot[slot(channel)];
    }

    List<Lane> lanes() {
        return plain != null ? List.of(plain) : List.copyOf(byAddress.values());
    }

    Set<HostAndPort> addresses() {
        return byAddress.keySet();
    }

    boolean isPlain() {
        return plain != null;
    }

    /** Whether there is a lane to each of these, and to no others. */
    boolean isOver(Set<HostAndPort> primaries) {
        return byAddress.keySet().equals(primaries);
    }

    /** Whether every channel goes over the same lane. */
    boolean isSameAs(Routes other) {
        return plain == other.plain && Arrays.equals(bySlot, other.bySlot);
    }

    @Override
    public String toString() {
        return plain != null ? "one connection" : "shards at " + new ArrayList<>(byAddress.keySet());
    }
}
