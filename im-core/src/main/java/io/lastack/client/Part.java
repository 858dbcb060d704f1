package io.lastack.client;

import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;

/** Something in a client that does one thing while there is a link and another while there is none. */
interface Part {
    void online(ServerFrame.Welcome welcome);

    /** The link is gone. Also called for one that never was online. */
    void offline();

    /** There will be no further link until somebody asks for it. */
    default void stopped(CloseReason reason) {}

    /** Somebody asked. */
    default void started() {}
}
