package io.lastack.proto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import java.io.IOException;
import java.util.regex.Pattern;

/** Integers of JSON in the forms that proto3 allows: 42, "42", and 4.2e1. */
final class JsonIntegers {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,19}");

    /** Up to here a double holds every integer. */
    private static final double MAX_EXACT = 1L << 53;

    private JsonIntegers() {}

    static Long ofInteger(FieldShape field, JsonParser parser) throws IOException, FrameFault {
        if (parser.getNumberType() == NumberType.BIG_INTEGER) {
            throw FrameFault.outOfRange(field);
        }
        return inRange(field, parser.getLongValue());
    }

    static Long ofFraction(FieldShape field, double value) throws FrameFault {
        if (Math.rint(value) != value || Math.abs(value) > MAX_EXACT) {
            throw new FrameFault(field, "is a fraction or out of range");
        }
        return inRange(field, (long) value);
    }

    static Long ofText(FieldShape field, String text) throws FrameFault {
        if (!DIGITS.matcher(text).matches()) {
            throw new FrameFault(field, "is a string that is no integer");
        }
        try {
            return inRange(field, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw FrameFault.outOfRange(field);
        }
    }

    private static Long inRange(FieldShape field, long value) throws FrameFault {
        if (field.type() == FieldShape.Type.UINT32 && (value < 0 || value > Integer.MAX_VALUE)) {
            throw FrameFault.outOfRange(field);
        }
        return value;
    }
}
