package io.lastack.internal.cursor;

import io.lastack.cursor.ReadAdvance;
import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A member's read cursor moved from {@code from} to {@code to}, at {@code at}.
 *
 * @param waiters who wants to know when it is stored
 */
public record ReadMove(Key key, long from, long to, long at, List<CompletableFuture<Void>> waiters) {
    /** Whose read cursor. */
    public record Key(ConversationId conversation, UserId user) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::conversation).thenComparing(Key::user);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    ReadMove merge(ReadMove other) {
        ReadMove higher = to >= other.to ? this : other;
        List<CompletableFuture<Void>> all =
                Stream.concat(waiters.stream(), other.waiters.stream()).toList();
        return new ReadMove(key, Math.min(from, other.from), higher.to, higher.at, all);
    }

    ReadAdvance advance() {
        return new ReadAdvance(key.conversation(), key.user(), to, at);
    }
}
