package io.lastack.store.redis;

import io.lastack.log.ConversationId;
import io.lastack.log.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of keys. What belongs to one conversation, or to one user, has the same hash tag, and so is in one slot of a
 * cluster: scripts get the first key of a family, and append to it to name the others.
 */
final class Keys {
    /** Into how many sorted sets the names of one kind of conversations are spread. */
    static final int INDEX_PARTS = 16;

    private final String prefix;

    /** @throws IllegalArgumentException if the prefix has a brace, which would move the hash tag */
    Keys(String prefix) {
        if (prefix.isEmpty() || prefix.length() > 64 || !prefix.matches("[^{}\\p{Cntrl}\\s]+")) {
            throw new IllegalArgumentException("prefix '" + prefix
                    + "' is not allowed; 1 to 64 characters without braces, blanks and control characters are");
        }
        this.prefix = prefix;
    }

    /** Its facts; with {@code :log}, {@code :once}, {@code :members}, {@code :order}, {@code :changed}, {@code :edits}, {@code :reactions}, {@code :reacted}, {@code :outsiders}, {@code :attributes}, {@code :mutes} after it the rest; with {@code :positions} the positions in it, if it lies in another store. */
    byte[] conversation(ConversationId conversation) {
        return tagged(conversation.value());
    }

    /** Not a key itself; with {@code :list}, {@code :intended}, {@code :wrote}, {@code :devices} after it those of the user. */
    byte[] user(UserId user) {
        return tagged("user:" + user.value());
    }

    /**
     * Not a key itself; with {@code :devices} after it the user's devices in conversations that lie in another store, which
     * know nothing of those that are registered here.
     */
    byte[] elsewhere(UserId user) {
        return bytes(prefix + "{user:" + user.value() + "}:elsewhere");
    }

    /** A sorted set of what the user belongs or belonged to. */
    byte[] listOf(UserId user) {
        return bytes(prefix + "{user:" + user.value() + "}:list");
    }

    /** A sorted set of what the user wrote to without belonging there. */
    byte[] wroteOf(UserId user) {
        return bytes(prefix + "{user:" + user.value() + "}:wrote");
    }

    /** The part of the index that has this conversation. */
    byte[] index(ConversationId conversation) {
        return index(conversation.kind(), Math.floorMod(conversation.value().hashCode(), INDEX_PARTS));
    }

    List<byte[]> index(ConversationId.Kind kind) {
        return IntStream.range(0, INDEX_PARTS)
                .mapToObj(part -> index(kind, part))
                .toList();
    }

    private byte[] index(ConversationId.Kind kind, int part) {
        return tagged("index:" + kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + part);
    }

    byte[] epoch() {
        return tagged("epoch");
    }

    private byte[] tagged(String tag) {
        return bytes(prefix + "{" + tag + "}");
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
