package io.lastack.log;

import io.lastack.error.InvalidRequestException;

/** The one alphabet of user, device, group and room ids: 1 to 64 of {@code A-Z a-z 0-9 . _ @ + -}. */
final class Identifiers {
    private static final int MAX_LENGTH = 64;

    private Identifiers() {}

    static String require(String what, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new InvalidRequestException(
                    what + " has " + value.length() + " characters; 1 to " + MAX_LENGTH + " are allowed");
        }
        for (int i = 0; i < value.length(); i++) {
            if (!allowed(value.charAt(i))) {
                throw new InvalidRequestException(what + " has the character U+"
                        + String.format("%04X", (int) value.charAt(i)) + " at index " + i
                        + "; allowed are A-Z a-z 0-9 . _ @ + -");
            }
        }
        return value;
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '@'
                || c == '+'
                || c == '-';
    }
}
