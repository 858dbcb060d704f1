package io.lastack.store.redis;

import io.lastack.log.DeviceId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a device is, and since when; 0 for a time that is not known. */
record Floor(DeviceId device, long seq, long at) {
    private static final Pattern TEXT = Pattern.compile("([^=]+)=(\\d+)\\*?(?:@(\\d+))?");

    /** Those of the devices of a user in a conversation, as the scripts keep them in a text. */
    static List<Floor> parse(String text) {
        return Arrays.stream(text.split(";", -1))
                .flatMap(floor -> one(floor).stream())
                .toList();
    }

    private static Optional<Floor> one(String text) {
        Matcher floor = TEXT.matcher(text);
        return floor.matches()
                ? Optional.of(new Floor(
                        DeviceId.of(floor.group(1)),
                        Long.parseLong(floor.group(2)),
                        floor.group(3) == null ? 0 : Long.parseLong(floor.group(3))))
                : Optional.empty();
    }
}
