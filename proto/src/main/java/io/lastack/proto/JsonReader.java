package io.lastack.proto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads messages of the schema from JSON, as proto3 maps them. Null is the same as absent. */
final class JsonReader {
    private static final int MAX_NAME_SHOWN = 32;

    private final JsonParser parser;
    private final int maxEntries;

    JsonReader(JsonParser parser, int maxEntries) {
        this.parser = parser;
        this.maxEntries = maxEntries;
    }

    /** Reads the object that the parser is at the start of, and leaves the parser at its end. */
    void read(Shape shape, Fields into) throws IOException, FrameFault {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            FieldShape field = shape.find(name);
            if (field == null) {
                into.sawUnknown(presentable(name));
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                read(field, into);
            }
        }
    }

    /** Reads on after a fault, to the end of the frame that lies in {@code array}; the request id may be still to come. */
    void recover(JsonStreamContext array, Shape shape, Fields into) throws IOException {
        FieldShape requestId = shape.find("requestId");
        JsonToken token = parser.currentToken();
        while (parser.getParsingContext() != array || token != JsonToken.END_OBJECT) {
            token = parser.nextToken();
            JsonStreamContext here = parser.getParsingContext();
            if (requestId != null
                    && token.isScalarValue()
                    && here.getParent() == array
                    && requestId.name().equals(here.getCurrentName())) {
                take(requestId, into);
            }
        }
    }

    private void take(FieldShape field, Fields into) throws IOException {
        try {
            into.put(field, value(field));
        } catch (FrameFault e) {
            // The first fault is the one to tell.
        }
    }

    private void read(FieldShape field, Fields into) throws IOException, FrameFault {
        if (field.type() == FieldShape.Type.MAP) {
            readEntries(field, into);
        } else if (field.repeated()) {
            readList(field, into);
        } else {
            into.put(field, value(field));
        }
    }

    private void readList(FieldShape field, Fields into) throws IOException, FrameFault {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new FrameFault(field.name() + " is " + found() + "; an array is allowed");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            into.add(field, value(field), maxEntries);
        }
    }

    private void readEntries(FieldShape field, Fields into) throws IOException, FrameFault {
        require(field, JsonToken.START_OBJECT);
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new FrameFault(field, "has " + found());
            }
            into.addEntry(field, wellFormed(field, key), string(field), maxEntries);
        }
    }

    private Object value(FieldShape field) throws IOException, FrameFault {
        return switch (field.type()) {
            case STRING -> {
                require(field, JsonToken.VALUE_STRING);
                yield string(field);
            }
            case BYTES -> {
                require(field, JsonToken.VALUE_STRING);
                yield JsonBytes.decode(field, parser.getText());
            }
            case INT64, UINT32 -> integer(field);
            case BOOL -> flag(field);
            case MESSAGE -> message(field);
            case MAP -> throw new IllegalStateException("a map is read entry by entry");
        };
    }

    private String string(FieldShape field) throws IOException, FrameFault {
        return wellFormed(field, parser.getText());
    }

    private static String wellFormed(FieldShape field, String value) throws FrameFault {
        if (!Text.isWellFormed(value)) {
            throw new FrameFault(field.name() + " has an unpaired surrogate; well-formed Unicode is allowed");
        }
        return value;
    }

    private Long integer(FieldShape field) throws IOException, FrameFault {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> JsonIntegers.ofInteger(field, parser);
            case VALUE_NUMBER_FLOAT -> JsonIntegers.ofFraction(field, parser.getDoubleValue());
            case VALUE_STRING -> JsonIntegers.ofText(field, parser.getText());
            default -> throw new FrameFault(field, "is " + found());
        };
    }

    private Boolean flag(FieldShape field) throws FrameFault {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw new FrameFault(field, "is " + found());
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private Fields message(FieldShape field) throws IOException, FrameFault {
        require(field, JsonToken.START_OBJECT);
        Fields message = new Fields(field.requireMessage());
        try {
            read(field.requireMessage(), message);
        } catch (FrameFault e) {
            throw e.inside(field);
        }
        return message;
    }

    private void require(FieldShape field, JsonToken token) throws FrameFault {
        if (parser.currentToken() != token) {
            throw new FrameFault(field, (field.repeated() ? "has " : "is ") + found());
        }
    }

    /** What is there instead, for a person. */
    private String found() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    /** A name from the peer in a form that fits into any message. */
    private static String presentable(String name) {
        return name.length() <= MAX_NAME_SHOWN && name.chars().allMatch(c -> c > ' ' && c < 127)
                ? name
                : "(long or odd name)";
    }
}
