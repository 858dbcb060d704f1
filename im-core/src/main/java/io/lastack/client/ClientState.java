package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client keeps across restarts, for one user on one device. Called by one thread at a time, on the client's own
 * executor: short blocking is allowed, and delays the client. Calls are made in the order in which things happen.
 *
 * <p>What is lost here costs repeats (floors) or unsent messages (the outbox), never a message of the log.
 */
public interface ClientState {
    /** What was kept; asked once, before anything else. */
    Saved load();

    /** From now on the server's epoch is this one: at the first connection, and when it changed. Drops all floors. */
    void epoch(String epoch);

    /** Floors that moved: everything up to and including each was confirmed by the application. */
    void floors(Map<ConversationId, Long> moved);

    /** A message was given to the outbox. An exception refuses it. */
    void queued(OutboxEntry entry);

    /** A message left the outbox. */
    void settled(ClientMessageId id);

    /**
     * All that is kept.
     *
     * @param epoch null if there never was a connection
     * @param floors the highest of each conversation
     * @param outbox in the order of {@link #queued}
     */
    record Saved(@Nullable String epoch, Map<ConversationId, Long> floors, List<OutboxEntry> outbox) {
        public Saved {
            floors = Map.copyOf(floors);
            outbox = List.copyOf(outbox);
        }
    }
}
