package io.lastack.spi;

import io.lastack.log.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is connected to which node, and who is in which room, for all nodes together. What a node has entered counts as
 * long as the node renews its lease: nobody is a ghost for longer than that. Nothing in it needs to outlive a restart: nodes
 * enter again what is lost.
 *
 * <p>Methods may block, and throw a {@link io.lastack.error.StoreException} if the directory does not answer. Safe for use
 * by several threads. Each method is atomic for each user and each room by itself, and can be repeated without harm.
 */
public interface PresenceDirectory {
    /** Forgets what a node of this name entered before, and begins its lease. */
    void begin(String node, Duration lease);

    /**
     * Prolongs a node's lease.
     *
     * @return false if the lease had ended or the node is not known: it is begun anew, and the node must enter again all that
     *     it holds, which may be lost
     */
    boolean renew(String node, Duration lease);

    /** The node ends in good order: as if everything of it had left. */
    void end(String node);

    /**
     * A device connects: the entry takes the place of any other of the same user and device.
     *
     * @return the entry as it is kept: with a {@link PresenceEntry#since} that is higher than that of any other of the user
     */
    PresenceEntry claim(PresenceEntry entry);

    /**
     * Keeps entries as they are now, unless another connection of the device has come {@link PresenceEntry#isAfter after}.
     *
     * @return for each entry, in their order, the one that is kept: it or the later one
     */
    List<PresenceEntry> put(List<PresenceEntry> entries);

    /** Devices are gone; where another connection has taken the place, it stays. The last activity is remembered for a while. */
    void leave(Collection<PresenceEntry> entries);

    /** Where users are connected, in the order of the users. */
    List<UserPresence> lookup(List<UserId> users);

    /**
     * Users that are connected, in ascending order.
     *
     * @param after only those behind this one; null for the first
     * @param limit 1 to 1,000
     */
    List<UserId> online(@Nullable UserId after, int limit);

    void enterRooms(Collection<RoomPlace> places);

    void leaveRooms(Collection<RoomPlace> places);

    /** Who is in a room, in ascending order, each once. */
    List<UserId> members(String room);

    /** How many users are in a room. */
    default int count(String room) {
        return members(room).size();
    }
}
