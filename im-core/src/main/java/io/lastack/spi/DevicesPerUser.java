package io.lastack.spi;

import io.lastack.log.DeviceId;
import org.jspecify.annotations.Nullable;

/**
 * With how many devices a user may be connected at a time, to all engines that are joined by a bus and share a presence
 * directory. The newest login always stands: what is too many then is closed with 4409, the oldest first, on another engine as
 * soon as it hears of the login, or finds it by comparing with the directory. A device that connects again replaces its own
 * older connection in any case.
 *
 * @param most how many, 1 or more
 * @param ofEachKind whether so many of each kind may be connected, and not so many in all. The kind is what
 *     {@link UserContext#deviceKind} says, otherwise what comes before the first {@code -} of the device id
 *     ({@code phone-7c} is a {@code phone}).
 */
public record DevicesPerUser(int most, boolean ofEachKind) {
    public DevicesPerUser {
        if (most < 1) {
            throw new IllegalArgumentException("most " + most + " is not allowed; 1 or more is");
        }
    }

    public static DevicesPerUser one() {
        return new DevicesPerUser(1, false);
    }

    public static DevicesPerUser oneOfEachKind() {
        return new DevicesPerUser(1, true);
    }

    public static DevicesPerUser atMost(int most) {
        return new DevicesPerUser(most, false);
    }

    /** What this rule counts a device as; the same for all where kinds do not matter. */
    public String kindOf(@Nullable String stated, DeviceId device) {
        if (!ofEachKind) {
            return "";
        }
        if (stated != null) {
            return stated;
        }
        int end = device.value().indexOf('-');
        return end < 0 ? device.value() : device.value().substring(0, end);
    }
}
