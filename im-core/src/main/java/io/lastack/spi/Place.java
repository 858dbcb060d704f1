package io.lastack.spi;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Comparator;
import java.util.Objects;

/** A user in a conversation: whose positions are meant. Ordered by conversation, then by user. */
public record Place(ConversationId conversation, UserId user) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::conversation).thenComparing(Place::user);

    /** @throws NullPointerException if a component is null */
    public Place {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
