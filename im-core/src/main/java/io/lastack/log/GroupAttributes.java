package io.lastack.log;

import io.lastack.error.InvalidRequestException;
import java.util.Map;

/**
 * The bounds of a group's free attributes: at most {@value #MAX}, names of 1 to 32 of {@code A-Z a-z 0-9 . _ -}, values of
 * at most {@value #MAX_VALUE} characters.
 */
final class GroupAttributes {
    static final int MAX = 32;
    static final int MAX_VALUE = 1_024;

    private GroupAttributes() {}

    static Map<String, String> require(Map<String, String> attributes) {
        if (attributes.size() > MAX) {
            throw new InvalidRequestException(
                    "the group has " + attributes.size() + " attributes; at most " + MAX + " are allowed");
        }
        attributes.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9._-]{1,32}")) {
                throw new InvalidRequestException(
                        "the name of an attribute must be 1 to 32 of A-Z a-z 0-9 . _ -; one has " + name.length()
                                + " characters, or others");
            }
            if (value.length() > MAX_VALUE) {
                throw new InvalidRequestException("attribute " + name + " has " + value.length()
                        + " characters; at most " + MAX_VALUE + " are allowed");
            }
            TextRules.requireStorable("attribute " + name, value, true);
        });
        return Map.copyOf(attributes);
    }
}
