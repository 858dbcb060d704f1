package io.lastack.cursor;

import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import java.util.Comparator;
import java.util.Objects;

/**
 * Whose ack cursor: one per conversation, user and device. Ordered by the three in turn, so that writers can sort and
 * never deadlock.
 */
public record CursorKey(ConversationId conversation, UserId user, DeviceId device) implements Comparable<CursorKey> {
    private static final Comparator<CursorKey> ORDER = Comparator.comparing(CursorKey::conversation)
            .thenComparing(CursorKey::user)
            .thenComparing(CursorKey::device);

    /** @throws NullPointerException if a component is null */
    public CursorKey {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(device, "device");
    }

    @Override
    public int compareTo(CursorKey other) {
        return ORDER.compare(this, other);
    }
}
