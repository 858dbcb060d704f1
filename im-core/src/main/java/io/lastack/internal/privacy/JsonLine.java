package io.lastack.internal.privacy;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** One JSON object on one line, as RFC 8259 has it; fields come in the order in which they are added. */
final class JsonLine {
    private static final String ESCAPED = "\b\t\n\f\r\"\\";
    private static final String ESCAPES = "btnfr\"\\";

    private final StringBuilder text = new StringBuilder("{");

    JsonLine add(String field, String value) {
        begin(field);
        string(value);
        return this;
    }

    JsonLine add(String field, long value) {
        begin(field);
        text.append(value);
        return this;
    }

    /** An array of strings. */
    JsonLine add(String field, Collection<?> values) {
        begin(field);
        char separator = '[';
        for (Object value : values) {
            text.append(separator);
            string(value.toString());
            separator = ',';
        }
        text.append(values.isEmpty() ? "[]" : "]");
        return this;
    }

    /** An object of strings, in ascending order of key. */
    JsonLine add(String field, Map<String, String> values) {
        begin(field);
        JsonLine inner = new JsonLine();
        new TreeMap<>(values).forEach(inner::add);
        text.append(inner);
        return this;
    }

    private void begin(String field) {
        if (text.length() > 1) {
            text.append(',');
        }
        string(field);
        text.append(':');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int escape = ESCAPED.indexOf(c);
            if (escape >= 0) {
                text.append('\\').append(ESCAPES.charAt(escape));
            } else if (c < ' ' || isUnpaired(value, i) || c == '\u2028' || c == '\u2029') {
                // The last two are line ends to JavaScript; half a pair has no UTF-8.
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static boolean isUnpaired(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    /** The object, without a line end. */
    @Override
    public String toString() {
        return text + "}";
    }
}
