package io.lastack.client;

import io.lastack.session.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who waits for which reply on the current link. */
final class Replies {
    private final Map<Long, Waiter> waiting = new LinkedHashMap<>();
    private long lastId;

    /** @return the request id to use; never used before by this client */
    long expect(Waiter waiter) {
        waiting.put(++lastId, waiter);
        return lastId;
    }

    void answered(ServerFrame.Reply reply) {
        Waiter waiter = waiting.remove(reply.requestId());
        if (waiter != null) {
            waiter.answered(reply);
        }
    }

    /** The link is gone; in the order of the requests. */
    void linkLost() {
        List<Waiter> unanswered = new ArrayList<>(waiting.values());
        waiting.clear();
        unanswered.forEach(Waiter::unanswered);
    }

    /** Exactly one of the two is called. */
    interface Waiter {
        void answered(ServerFrame.Reply reply);

        default void unanswered() {}
    }
}
