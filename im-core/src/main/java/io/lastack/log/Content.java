package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.InvalidRequestException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a message says, apart from its place in the log. A draft has it before the append, a message after.
 *
 * @param kind what sort of log entry this is: one of the constants here, or the host's own {@code x-…}
 * @param type how to show the body: {@code text image video audio file location custom}, or the host's own {@code x-…};
 *     of a notification, what it is about: 1 to 32 of {@code a-z 0-9 -}
 * @param payload the body
 * @param ext the host's own fields: at most {@value #MAX_EXT_ENTRIES} entries, keys of 1 to 64 characters,
 *     {@value #MAX_EXT_CHARACTERS} characters in all
 * @param replyTo the seq this replies to, or 0
 * @param mentions users named in it, at most {@value #MAX_MENTIONS}, none twice
 * @param revises the seq that this entry recalls, edits or reacts to, or 0
 * @param revisedBy the seq of the newest entry that recalled or edited this one, or 0; set by the store
 */
public record Content(
        String kind,
        String type,
        Payload payload,
        Map<String, String> ext,
        long replyTo,
        List<UserId> mentions,
        long revises,
        long revisedBy) {
    public static final String MESSAGE = "message";
    public static final String NOTIFICATION = "notification";
    public static final String MEMBERSHIP = "membership";
    /** An entry that takes the content of a message or notification, {@code revises}, out of the store. */
    public static final String RECALL = "recall";
    /** An entry that gives a message or notification, {@code revises}, its own payload, ext and mentions. */
    public static final String EDIT = "edit";
    /** An entry that reacts to a message or notification, {@code revises}, or takes that back. */
    public static final String REACTION = "reaction";
    /** What a message or notification has become that was recalled. No draft is of this kind. */
    public static final String RECALLED = "recalled";
    /** What a user has set for itself, in the user's own inbox. */
    public static final String SETTINGS = "settings";

    public static final int MAX_EXT_ENTRIES = 64;
    public static final int MAX_EXT_CHARACTERS = 65_536;
    public static final int MAX_MENTIONS = 100;

    private static final int MAX_NAME = 32;
    private static final Set<String> KINDS =
            Set.of(MESSAGE, NOTIFICATION, MEMBERSHIP, RECALL, EDIT, REACTION, RECALLED, SETTINGS);
    private static final Set<String> TYPES = Set.of("text", "image", "video", "audio", "file", "location", "custom");

    public Content {
        requireName("kind", kind, KINDS);
        requireName("type", type, kind.equals(NOTIFICATION) ? Set.of(type) : TYPES);
        if (kind.equals(NOTIFICATION) && !type.matches("[a-z][a-z0-9-]{0,31}")) {
            throw unprocessable("the type of a notification must be 1 to 32 of a-z 0-9 -, beginning with a letter");
        }
        ext = Map.copyOf(ext);
        requireExt(ext);
        mentions = List.copyOf(mentions);
        if (mentions.size() > MAX_MENTIONS) {
            throw unprocessable("mentions has " + mentions.size() + " users; at most " + MAX_MENTIONS + " are allowed");
        }
        if (mentions.size() > 1 && Set.copyOf(mentions).size() != mentions.size()) {
            throw unprocessable("mentions names a user twice");
        }
        requireSeq("replyTo", replyTo);
        requireSeq("revises", revises);
        requireSeq("revisedBy", revisedBy);
    }

    /** Content that nothing has revised. */
    public Content(
            String kind,
            String type,
            Payload payload,
            Map<String, String> ext,
            long replyTo,
            List<UserId> mentions,
            long revises) {
        this(kind, type, payload, ext, replyTo, mentions, revises, 0);
    }

    /** A plain message. */
    public static Content message(String type, Payload payload) {
        return new Content(MESSAGE, type, payload, Map.of(), 0, List.of(), 0);
    }

    /** A plain text message. */
    public static Content text(String text) {
        return message("text", Payload.text(text));
    }

    /** An entry that recalls the message or notification at {@code seq}. */
    public static Content recall(long seq) {
        return new Content(RECALL, "text", Payload.EMPTY, Map.of(), 0, List.of(), seq);
    }

    /** An entry by which the message or notification at {@code seq} gets this payload, this ext and these mentions. */
    public static Content edit(long seq, Payload payload, Map<String, String> ext, List<UserId> mentions) {
        return new Content(EDIT, payload.isText() ? "text" : "custom", payload, ext, 0, mentions, seq);
    }

    public Content withExt(Map<String, String> newExt) {
        return new Content(kind, type, payload, newExt, replyTo, mentions, revises, revisedBy);
    }

    public Content withReplyTo(long seq) {
        return new Content(kind, type, payload, ext, seq, mentions, revises, revisedBy);
    }

    public Content withMentions(List<UserId> users) {
        return new Content(kind, type, payload, ext, replyTo, users, revises, revisedBy);
    }

    /**
     * What is left of it when its sender is erased: kind, type, and the entries it refers to. An entry about members stays as
     * it is: it is the group's own record.
     */
    public Content erased() {
        return kind.equals(MEMBERSHIP)
                ? this
                : new Content(kind, type, Payload.EMPTY, Map.of(), replyTo, List.of(), revises, revisedBy);
    }

    /**
     * What this becomes by a revision: recalled, with nothing left of it, or edited.
     *
     * @param revision of kind {@link #RECALL} or {@link #EDIT}
     * @param seq of the revision
     */
    public Content revised(Content revision, long seq) {
        return revision.kind.equals(RECALL)
                ? new Content(RECALLED, "text", Payload.EMPTY, Map.of(), 0, List.of(), 0, seq)
                : new Content(kind, type, revision.payload, revision.ext, replyTo, revision.mentions, revises, seq);
    }

    /** Whether an entry with this content changes the one that it names by {@code revises}. */
    public boolean isRevision() {
        return kind.equals(RECALL) || kind.equals(EDIT);
    }

    /** Whether there can be a recall of it and reactions to it: messages and notifications, until they are recalled. */
    public boolean isRevisable() {
        return countsAsUnread();
    }

    /** Whether it says nothing, as is what was erased: there is nothing in it to edit then. */
    public boolean isBlank() {
        return payload.size() == 0 && ext.isEmpty() && mentions.isEmpty();
    }

    /** Whether this entry counts as unread for members other than its sender: messages and notifications do. */
    public boolean countsAsUnread() {
        return kind.equals(MESSAGE) || kind.equals(NOTIFICATION);
    }

    private static void requireName(String what, String value, Set<String> known) {
        if (known.contains(value)) {
            return;
        }
        if (value.length() > MAX_NAME || !value.matches("x-[a-z0-9-]+")) {
            throw unprocessable(what + " is not known; allowed are "
                    + String.join(" ", known.stream().sorted().toList()) + ", or x- followed by a-z 0-9 - ("
                    + MAX_NAME + " characters in all)");
        }
    }

    private static void requireExt(Map<String, String> ext) {
        if (ext.size() > MAX_EXT_ENTRIES) {
            throw unprocessable("ext has " + ext.size() + " entries; at most " + MAX_EXT_ENTRIES + " are allowed");
        }
        int characters = 0;
        for (Map.Entry<String, String> entry : ext.entrySet()) {
            if (entry.getKey().isEmpty() || entry.getKey().length() > 64) {
                throw unprocessable("an ext key has " + entry.getKey().length() + " characters; 1 to 64 are allowed");
            }
            TextRules.requireStorable("ext key", entry.getKey(), false);
            TextRules.requireStorable("ext value", entry.getValue(), true);
            characters += entry.getKey().length() + entry.getValue().length();
        }
        if (characters > MAX_EXT_CHARACTERS) {
            throw unprocessable(
                    "ext has " + characters + " characters; at most " + MAX_EXT_CHARACTERS + " are allowed");
        }
    }

    private static void requireSeq(String what, long seq) {
        if (seq < 0) {
            throw new InvalidRequestException(what + " is " + seq + "; a seq of 1 or more is allowed, or 0 for none");
        }
    }

    private static InvalidRequestException unprocessable(String message) {
        return new InvalidRequestException(Reason.UNPROCESSABLE, message);
    }
}
