package io.lastack.log;

import io.lastack.error.InvalidRequestException;

/**
 * The name of a conversation in its canonical form: {@code direct:A~B} (the two users in ascending code-point order),
 * {@code group:G}, or {@code inbox:U} (the notifications of one user).
 */
public final class ConversationId implements Comparable<ConversationId> {
    private static final char PEER_SEPARATOR = '~';
    private static final Kind[] KINDS = Kind.values();

    private final Kind kind;
    private final String value;

    private ConversationId(Kind kind, String value) {
        this.kind = kind;
        this.value = value;
    }

    /** The conversation of two different users, whichever of them is named first. */
    public static ConversationId direct(UserId one, UserId other) {
        int order = one.compareTo(other);
        if (order == 0) {
            throw new InvalidRequestException("a direct conversation needs two different users; both are " + one);
        }
        return order < 0
                ? new ConversationId(Kind.DIRECT, Kind.DIRECT.prefix + one + PEER_SEPARATOR + other)
                : new ConversationId(Kind.DIRECT, Kind.DIRECT.prefix + other + PEER_SEPARATOR + one);
    }

    public static ConversationId group(String group) {
        return new ConversationId(Kind.GROUP, Kind.GROUP.prefix + Identifiers.require("group id", group));
    }

    public static ConversationId inbox(UserId owner) {
        return new ConversationId(Kind.INBOX, Kind.INBOX.prefix + owner);
    }

    /** @throws InvalidRequestException unless {@code value} is in canonical form */
    public static ConversationId parse(String value) {
        for (Kind kind : KINDS) {
            if (value.startsWith(kind.prefix)) {
                return parse(kind, value, value.substring(kind.prefix.length()));
            }
        }
        throw new InvalidRequestException(
                "conversation id must start with direct:, group: or inbox: (or user: for a direct conversation)");
    }

    private static ConversationId parse(Kind kind, String value, String rest) {
        switch (kind) {
            case GROUP -> Identifiers.require("group id", rest);
            case INBOX -> Identifiers.require("user id", rest);
            case DIRECT -> {
                int separator = rest.indexOf(PEER_SEPARATOR);
                if (separator < 0) {
                    throw new InvalidRequestException("direct conversation id must be direct:A~B");
                }
                String one = Identifiers.require("user id", rest.substring(0, separator));
                String other = Identifiers.require("user id", rest.substring(separator + 1));
                if (one.compareTo(other) >= 0) {
                    throw new InvalidRequestException(
                            "direct conversation id must name two different users in ascending order");
                }
            }
        }
        return new ConversationId(kind, value);
    }

    public Kind kind() {
        return kind;
    }

    /** The canonical form, as on the wire. */
    public String value() {
        return value;
    }

    /**
     * Whether {@code user} belongs to this conversation by its very name: one of the two of a direct conversation, or
     * the owner of an inbox. Always false for groups, whose members are stored.
     */
    public boolean names(UserId user) {
        return switch (kind) {
            case DIRECT -> user.equals(first()) || user.equals(second());
            case INBOX -> user.equals(owner());
            case GROUP -> false;
        };
    }

    /** The first user of a direct conversation. */
    public UserId first() {
        requireKind(Kind.DIRECT);
        return new UserId(value.substring(Kind.DIRECT.prefix.length(), value.indexOf(PEER_SEPARATOR)));
    }

    /** The second user of a direct conversation. */
    public UserId second() {
        requireKind(Kind.DIRECT);
        return new UserId(value.substring(value.indexOf(PEER_SEPARATOR) + 1));
    }

    /** The other user of a direct conversation. */
    public UserId peerOf(UserId user) {
        UserId first = first();
        return first.equals(user) ? second() : first;
    }

    /** The owner of an inbox. */
    public UserId owner() {
        requireKind(Kind.INBOX);
        return new UserId(value.substring(Kind.INBOX.prefix.length()));
    }

    private void requireKind(Kind required) {
        if (kind != required) {
            throw new IllegalStateException(value + " is not of kind " + required);
        }
    }

    @Override
    public int compareTo(ConversationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConversationId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    /** What a conversation is. */
    public enum Kind {
        /** Two users; exists from its first message. */
        DIRECT("direct:"),
        /** Created, with members that come and go. */
        GROUP("group:"),
        /** The notifications of one user; exists from its first message. */
        INBOX("inbox:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }
}
