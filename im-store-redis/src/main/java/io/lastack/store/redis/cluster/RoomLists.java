package io.lastack.store.redis.cluster;

import io.lastack.log.UserId;
import io.lastack.spi.RoomPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Who is in which room: for each room a set of {@code node/user}, and for each node the rooms that it is in. Thread-safe. */
final class RoomLists {
    private final UnifiedJedis redis;
    private final String prefix;
    private final Leases leases;

    RoomLists(UnifiedJedis redis, String prefix, Leases leases) {
        this.redis = redis;
        this.prefix = prefix;
        this.leases = leases;
    }

    private String roomKey(String room) {
        return prefix + "room:" + room;
    }

    private String roomsKey(String node) {
        return prefix + "rooms:" + node;
    }

    private static String member(RoomPlace place) {
        return place.node() + "/" + place.user();
    }

    void enter(Collection<RoomPlace> places) {
        if (places.isEmpty()) {
            return;
        }
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (RoomPlace place : places) {
                pipeline.sadd(roomsKey(place.node()), place.room());
                pipeline.sadd(roomKey(place.room()), member(place));
            }
            pipeline.sync();
        }
    }

    /** A room that is empty now leaves its node's list too; others stay: that only says where to look when the node ends. */
    void leave(Collection<RoomPlace> places) {
        if (places.isEmpty()) {
            return;
        }
        try (AbstractPipeline pipeline = redis.pipelined()) {
            List<Response<Boolean>> filled = new ArrayList<>();
            for (RoomPlace place : places) {
                pipeline.srem(roomKey(place.room()), member(place));
                filled.add(pipeline.exists(roomKey(place.room())));
            }
            pipeline.sync();
            int i = 0;
            for (RoomPlace place : places) {
                if (!filled.get(i++).get()) {
                    pipeline.srem(roomsKey(place.node()), place.room());
                }
            }
            pipeline.sync();
        }
    }

    List<UserId> members(String room) {
        List<RoomPlace> places = places(room);
        Set<String> nodes = new HashSet<>();
        places.forEach(place -> nodes.add(place.node()));
        Set<String> living = leases.living(nodes);
        Set<UserId> members = new TreeSet<>();
        List<RoomPlace> dead = new ArrayList<>();
        for (RoomPlace place : places) {
            if (living.contains(place.node())) {
                members.add(place.user());
            } else {
                dead.add(place);
            }
        }
        leave(dead);
        return List.copyOf(members);
    }

    private List<RoomPlace> places(String room) {
        return redis.smembers(roomKey(room)).stream()
                .map(member -> new RoomPlace(
                        room,
                        UserId.of(member.substring(member.indexOf('/') + 1)),
                        member.substring(0, member.indexOf('/'))))
                .toList();
    }

    void forget(String node) {
        for (String room : redis.smembers(roomsKey(node))) {
            leave(places(room).stream()
                    .filter(place -> place.node().equals(node))
                    .toList());
        }
        redis.del(roomsKey(node));
    }
}
