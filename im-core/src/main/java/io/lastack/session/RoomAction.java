package io.lastack.session;

/** What a {@code room} request asks for. */
public sealed interface RoomAction {
    record Join() implements RoomAction {}

    record Leave() implements RoomAction {}

    record Publish(String event, Body payload) implements RoomAction {}

    record Count() implements RoomAction {}
}
