package io.lastack.internal.room;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import io.lastack.internal.cluster.Cluster;
import io.lastack.internal.cluster.ClusterSignal.InRoom;
import io.lastack.internal.fanout.Touched;
import io.lastack.internal.session.ClientSession;
import io.lastack.internal.session.DroppableFrame;
import io.lastack.internal.session.SessionEvents;
import io.lastack.internal.session.SessionRegistry;
import io.lastack.internal.task.SerialExecutor;
import io.lastack.log.UserId;
import io.lastack.session.Body;
import io.lastack.session.ServerFrame.RoomEvent;
import io.lastack.spi.AccessPolicy;
import io.lastack.spi.EngineRuntime;
import io.lastack.spi.PresenceDirectory;
import io.lastack.spi.PresenceOptions;
import io.lastack.spi.RoomListener;
import io.lastack.spi.RoomPlace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms: sessions join and leave, and what is said goes to the others, here and on other nodes, at most once. Thread-safe. */
public final class Rooms implements SessionEvents {
    private static final Logger log = LoggerFactory.getLogger(Rooms.class);
    private static final int MAX_EVENT = 64;
    /** No room can be named so: everybody online. */
    private static final String EVERYBODY = "*";

    private final RoomTable table = new RoomTable();
    private final SessionRegistry sessions;
    private final Cluster cluster;
    private final PresenceDirectory directory;
    private final EngineRuntime runtime;
    private final PresenceOptions options;
    private final AccessPolicy policy;
    private final List<RoomListener> listeners;
    private final SerialExecutor tasks;
    private final LongAdder dropped = new LongAdder();

    public Rooms(
            SessionRegistry sessions,
            Cluster cluster,
            PresenceDirectory directory,
            EngineRuntime runtime,
            PresenceOptions options,
            AccessPolicy policy,
            List<RoomListener> listeners) {
        this.sessions = sessions;
        this.cluster = cluster;
        this.directory = directory;
        this.runtime = runtime;
        this.options = options;
        this.policy = policy;
        this.listeners = List.copyOf(listeners);
        this.tasks = new SerialExecutor(runtime);
    }

    /** Begins to hear of what is said on other nodes. */
    public void listen() {
        cluster.on(
                InRoom.class,
                said -> push(
                        new RoomEvent(said.room(), said.event(), said.payload(), said.sender(), said.sentAt()), null));
    }

    // ---- what sessions do

    /** Blocks. @return how many are in the room now */
    public int join(ClientSession session, String room) {
        requireName(room);
        if (!policy.mayJoinRoom(session.context(), room)) {
            throw new InvalidRequestException(Reason.FORBIDDEN, "this user may not join room " + room);
        }
        List<UserId> members = directory.members(room);
        boolean there = members.contains(session.user());
        if (!there && members.size() >= options.maxRoomMembers()) {
            throw new InvalidRequestException(
                    Reason.UNPROCESSABLE,
                    "room " + room + " has " + members.size() + " members; at most " + options.maxRoomMembers()
                            + " are allowed");
        }
        if (table.join(session, room, options.maxRooms(), this::listenFor)) {
            directory.enterRooms(List.of(place(room, session.user())));
            tell(room, session.user(), true);
        }
        if (session.isEnded()) {
            left(session);
        }
        return members.size() + (there ? 0 : 1);
    }

    private void listenFor(String room) {
        cluster.listen(thing(room));
    }

    /** Blocks. @return how many are left in the room */
    public int leave(ClientSession session, String room) {
        requireName(room);
        if (table.leave(session, room, this::stopListening)) {
            gone(List.of(room), session.user());
        }
        return directory.count(room);
    }

    private void stopListening(String room) {
        cluster.ignore(thing(room));
    }

    private void gone(Collection<String> rooms, UserId user) {
        directory.leaveRooms(rooms.stream().map(room -> place(room, user)).toList());
        // Another session of the user may have joined meanwhile.
        List<RoomPlace> again = rooms.stream()
                .filter(room -> table.holds(room, user))
                .map(room -> place(room, user))
                .toList();
        if (!again.isEmpty()) {
            directory.enterRooms(again);
        }
        rooms.forEach(room -> tell(room, user, false));
    }

    /** Blocks. */
    public int count(String room) {
        requireName(room);
        return directory.count(room);
    }

    /** Blocks. */
    public List<UserId> members(String room) {
        requireName(room);
        return directory.members(room);
    }

    /** To everybody else in the room. */
    public void publish(ClientSession session, String room, String event, Body payload) {
        requireName(room);
        if (!table.isIn(session, room)) {
            throw new InvalidRequestException(Reason.FORBIDDEN, "this connection is not in room " + room);
        }
        say(room, session.user(), event, payload, session);
    }

    @Override
    public void entered(ClientSession session) {}

    @Override
    public void left(ClientSession session) {
        List<String> rooms = table.leaveAll(session, this::stopListening);
        if (!rooms.isEmpty()) {
            UserId user = session.user();
            tasks.execute(() -> {
                try {
                    gone(rooms, user);
                } catch (RuntimeException e) {
                    log.warn("a user who left {} rooms stays in their lists for now: {}", rooms.size(), e.toString());
                    table.owe(rooms.stream().map(room -> place(room, user)).toList());
                }
            });
        }
    }

    // ---- what the host does

    /** Says something in a room, to everybody in it. */
    public void publish(UserId sender, String room, String event, Body payload) {
        requireName(room);
        say(room, sender, event, payload, null);
    }

    /** Says something to everybody online. */
    public void broadcast(UserId sender, String event, Body payload) {
        say(EVERYBODY, sender, event, payload, null);
    }

    private void say(String room, UserId sender, String event, Body payload, @Nullable ClientSession from) {
        if (event.isEmpty() || event.length() > MAX_EVENT) {
            throw new InvalidRequestException(
                    "event has " + event.length() + " characters; 1 to " + MAX_EVENT + " are allowed");
        }
        int size = payload.toPayload().size();
        if (size > options.maxRoomPayload()) {
            throw new InvalidRequestException(
                    Reason.TOO_LARGE,
                    "the payload has " + size + " bytes; at most " + options.maxRoomPayload() + " are allowed");
        }
        long now = runtime.currentTimeMillis();
        push(new RoomEvent(room, event, payload, sender, now), from);
        InRoom signal = new InRoom(room, event, payload, sender, now);
        if (room.equals(EVERYBODY)) {
            cluster.tellEverybody(signal);
        } else {
            cluster.tell(thing(room), signal);
        }
    }

    private void push(RoomEvent event, @Nullable ClientSession from) {
        Collection<ClientSession> to = event.room().equals(EVERYBODY) ? sessions.all() : table.sessions(event.room());
        DroppableFrame frame = new DroppableFrame(event);
        Touched touched = new Touched();
        for (ClientSession session : to) {
            if (session == from || !session.isAuthenticated()) {
                continue;
            }
            if (session.sendDroppable(frame)) {
                touched.add(session);
            } else {
                dropped.increment();
            }
        }
        touched.flushAll();
    }

    // ---- upkeep

    /** The directory has forgotten this node: enters everything again. Blocks. */
    public void enterAgain() {
        List<RoomPlace> all = new ArrayList<>();
        table.forEach((room, user) -> all.add(place(room, user)));
        directory.enterRooms(all);
    }

    /** Takes back what could not be taken back before. Blocks. */
    public void settle() {
        List<RoomPlace> owed = table.takeOwed();
        if (!owed.isEmpty()) {
            try {
                directory.leaveRooms(owed.stream()
                        .filter(place -> !table.holds(place.room(), place.user()))
                        .toList());
            } catch (RuntimeException e) {
                table.owe(owed);
            }
        }
    }

    /** Events that were not written to a connection, as more waited for it than may. */
    public long dropped() {
        return dropped.sum();
    }

    /** How many rooms have a member here. */
    public int size() {
        return table.size();
    }

    private RoomPlace place(String room, UserId user) {
        return new RoomPlace(room, user, cluster.node());
    }

    private static String thing(String room) {
        return "room:" + room;
    }

    /** Rooms are named as users are. */
    private static void requireName(String room) {
        if (!room.matches("[A-Za-z0-9._@+-]{1,64}")) {
            throw new InvalidRequestException(
                    "room id has " + room.length() + " characters; 1 to 64 of A-Z a-z 0-9 . _ @ + - are allowed");
        }
    }

    private void tell(String room, UserId user, boolean joined) {
        for (RoomListener listener : listeners) {
            try {
                if (joined) {
                    listener.joined(room, user);
                } else {
                    listener.left(room, user);
                }
            } catch (RuntimeException e) {
                log.error("a room listener failed", e);
            }
        }
    }
}
