package io.lastack.log;

import io.lastack.error.InvalidRequestException;

/**
 * The sender's own name for a message. Together with conversation and sender it makes sending idempotent: a repeat
 * stores nothing and gets the first answer.
 *
 * @param value 1 to 64 characters, none of them a control character or an unpaired surrogate
 */
public record ClientMessageId(String value) implements Comparable<ClientMessageId> {
    private static final int MAX_LENGTH = 64;

    public ClientMessageId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new InvalidRequestException(
                    "clientMessageId has " + value.length() + " characters; 1 to " + MAX_LENGTH + " are allowed");
        }
        TextRules.requireStorable("clientMessageId", value, false);
    }

    public static ClientMessageId of(String value) {
        return new ClientMessageId(value);
    }

    @Override
    public int compareTo(ClientMessageId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
