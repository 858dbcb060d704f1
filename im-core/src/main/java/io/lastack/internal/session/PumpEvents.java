package io.lastack.internal.session;

import io.lastack.cursor.CursorKey;
import io.lastack.internal.fanout.Touched;
import io.lastack.log.ConversationId;

/** What the pump tells its session. */
interface PumpEvents extends Touched.Flushable {
    /** The device confirmed more. Called under the pump's lock: only puts it down. */
    void floorMoved(CursorKey key, long from, long to);

    /** The membership behind a watch may have changed. */
    void membershipChanged(ConversationId conversation);

    /** A message was refused, or met with silence, as often as allowed. */
    void hopeless(Redelivery redelivery);
}
