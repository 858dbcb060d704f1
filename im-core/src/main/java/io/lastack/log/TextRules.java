package io.lastack.log;

import io.lastack.error.InvalidRequestException;

/**
 * Text that every store and codec can keep as it is: well-formed UTF-16 without U+0000 (PostgreSQL refuses it in text),
 * and, for short names, without any control character.
 */
final class TextRules {
    private TextRules() {}

    static void requireStorable(String what, String value, boolean controlsAllowed) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0 || (!controlsAllowed && Character.isISOControl(c))) {
                throw new InvalidRequestException(
                        what + " has the control character U+" + String.format("%04X", (int) c) + " at index " + i);
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new InvalidRequestException(what + " has an unpaired surrogate at index " + i);
                }
                i++;
            }
        }
    }
}
