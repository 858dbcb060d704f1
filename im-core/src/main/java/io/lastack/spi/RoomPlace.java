package io.lastack.spi;

import io.lastack.log.UserId;

/** A user is in a room by at least one connection to a node. */
public record RoomPlace(String room, UserId user, String node) {}
