package io.lastack.spi;

import io.lastack.log.UserId;

/**
 * Hears of users who join and leave rooms by connections to this node, the end of their last connection in the room
 * included. May be called on the transport's threads: must not block. An exception is logged and otherwise ignored.
 */
public interface RoomListener {
    default void joined(String room, UserId user) {}

    default void left(String room, UserId user) {}
}
