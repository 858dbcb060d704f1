package io.lastack.log;

/**
 * A user, as the host's authenticator names it.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ @ + -}
 */
public record UserId(String value) implements Comparable<UserId> {
    /** @throws io.lastack.error.InvalidRequestException if the value is not a valid id */
    public UserId {
        Identifiers.require("user id", value);
    }

    public static UserId of(String value) {
        return new UserId(value);
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
