package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * That a user reacts to a message with an emoji, as things stand.
 *
 * @param target the seq of the message
 * @param emoji 1 to {@value #MAX_EMOJI_BYTES} bytes of UTF-8
 * @param seq of the entry that says so, the latest if there are several
 */
public record Reaction(long target, UserId user, String emoji, long seq) {
    /** In UTF-8. The longest emoji of Unicode have 35. */
    public static final int MAX_EMOJI_BYTES = 64;

    private static final String REMOVE = "remove";

    /**
     * An entry by which its sender reacts to the message at {@code target}, or no longer does.
     *
     * @param remove whether the reaction is taken back
     */
    public static Content content(long target, String emoji, boolean remove) {
        Payload payload = Payload.text(emoji);
        if (!fits(payload)) {
            throw new InvalidRequestException(
                    InvalidRequestException.Reason.UNPROCESSABLE,
                    "the emoji has " + payload.size() + " bytes; 1 to " + MAX_EMOJI_BYTES + " are allowed");
        }
        return new Content(
                Content.REACTION, "text", payload, remove ? Map.of(REMOVE, "true") : Map.of(), 0, List.of(), target);
    }

    /** The emoji that an entry sets or takes back; empty if it is no reaction. */
    public static Optional<String> emoji(Content entry) {
        return entry.kind().equals(Content.REACTION) && entry.payload().isText() && fits(entry.payload())
                ? Optional.of(entry.payload().asText())
                : Optional.empty();
    }

    /** Whether an entry takes a reaction back. */
    public static boolean isRemoval(Content entry) {
        return "true".equals(entry.ext().get(REMOVE));
    }

    /** The emoji as stores keep it. */
    public static byte[] bytes(String emoji) {
        return emoji.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean fits(Payload emoji) {
        return emoji.size() > 0 && emoji.size() <= MAX_EMOJI_BYTES;
    }
}
