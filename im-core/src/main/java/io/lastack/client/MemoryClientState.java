package io.lastack.client;

import io.lastack.log.ClientMessageId;
import io.lastack.log.ConversationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps a client's state on the heap: it outlives the client, not the process. */
public final class MemoryClientState implements ClientState {
    private final Map<ConversationId, Long> floors = new TreeMap<>();
    private final Map<ClientMessageId, OutboxEntry> outbox = new LinkedHashMap<>();
    private @Nullable String epoch;

    @Override
    public synchronized Saved load() {
        return new Saved(epoch, floors, List.copyOf(outbox.values()));
    }

    @Override
    public synchronized void epoch(String now) {
        floors.clear();
        epoch = now;
    }

    @Override
    public synchronized void floors(Map<ConversationId, Long> moved) {
        moved.forEach((conversation, floor) -> floors.merge(conversation, floor, Math::max));
    }

    @Override
    public synchronized void queued(OutboxEntry entry) {
        outbox.put(entry.id(), entry);
    }

    @Override
    public synchronized void settled(ClientMessageId id) {
        outbox.remove(id);
    }
}
