package io.lastack.log;

/**
 * One device of a user (a browser, a phone). Unique within its user only.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ @ + -}
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
    /** @throws io.lastack.error.InvalidRequestException if the value is not a valid id */
    public DeviceId {
        Identifiers.require("device id", value);
    }

    public static DeviceId of(String value) {
        return new DeviceId(value);
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
