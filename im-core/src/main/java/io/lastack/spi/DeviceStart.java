package io.lastack.spi;

/** Where a device that was never seen before starts in the conversations that its user has (or has left). */
public enum DeviceStart {
    /** After the highest floor of the user's other devices; without any, at the first message that the user may see. */
    FIRST_UNACKNOWLEDGED,
    /** At the first message that the user may see. */
    FIRST_VISIBLE,
    /** After the newest message that the user may see. */
    HEAD
}
