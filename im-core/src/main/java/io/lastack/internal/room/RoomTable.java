package io.lastack.internal.room;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.session.ClientSession;
import io.lastack.log.UserId;
import io.lastack.spi.RoomPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Which sessions of this node are in which rooms. Thread-safe. */
final class RoomTable {
    private final Map<String, Map<String, ClientSession>> rooms = new LinkedHashMap<>();
    private final Map<String, Set<String>> bySession = new HashMap<>();
    private final Set<RoomPlace> owed = new LinkedHashSet<>();

    /**
     * @param first called with the room if nobody was in it here
     * @return whether this is the first session of its user in the room
     */
    synchronized boolean join(ClientSession session, String room, int maxRooms, Consumer<String> first) {
        Set<String> in = bySession.computeIfAbsent(session.id(), s -> new LinkedHashSet<>());
        if (!in.contains(room) && in.size() >= maxRooms) {
            throw new InvalidRequestException(
                    Reason.UNPROCESSABLE,
                    "this connection is in " + in.size() + " rooms; at most " + maxRooms + " are allowed");
        }
        boolean newcomer = !holds(room, session.user());
        if (in.add(room)) {
            rooms.computeIfAbsent(room, r -> {
                        first.accept(r);
                        return new LinkedHashMap<>();
                    })
                    .put(session.id(), session);
        }
        return newcomer;
    }

    /**
     * @param last called with the room if nobody is left in it here
     * @return whether it was the last session of its user in the room
     */
    synchronized boolean leave(ClientSession session, String room, Consumer<String> last) {
        Set<String> in = bySession.get(session.id());
        if (in == null || !in.remove(room)) {
            return false;
        }
        if (in.isEmpty()) {
            bySession.remove(session.id());
        }
        Map<String, ClientSession> members = rooms.getOrDefault(room, Map.of());
        members.remove(session.id());
        if (members.isEmpty()) {
            rooms.remove(room);
            last.accept(room);
        }
        return !holds(room, session.user());
    }

    /** @return the rooms in which it was the last session of its user */
    synchronized List<String> leaveAll(ClientSession session, Consumer<String> last) {
        List<String> left = new ArrayList<>();
        for (String room : List.copyOf(bySession.getOrDefault(session.id(), Set.of()))) {
            if (leave(session, room, last)) {
                left.add(room);
            }
        }
        return left;
    }

    synchronized boolean holds(String room, UserId user) {
        return rooms.getOrDefault(room, Map.of()).values().stream()
                .anyMatch(session -> session.user().equals(user));
    }

    synchronized boolean isIn(ClientSession session, String room) {
        return bySession.getOrDefault(session.id(), Set.of()).contains(room);
    }

    synchronized List<ClientSession> sessions(String room) {
        return List.copyOf(rooms.getOrDefault(room, Map.of()).values());
    }

    synchronized void forEach(BiConsumer<String, UserId> each) {
        rooms.forEach((room, members) ->
                members.values().stream().map(ClientSession::user).distinct().forEach(user -> each.accept(room, user)));
    }

    synchronized int size() {
        return rooms.size();
    }

    synchronized void owe(List<RoomPlace> places) {
        owed.addAll(places);
    }

    synchronized List<RoomPlace> takeOwed() {
        List<RoomPlace> taken = List.copyOf(owed);
        owed.clear();
        return taken;
    }
}
