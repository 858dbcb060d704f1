package io.lastack.proto;

import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message of the schema.
 *
 * @param name in JSON
 * @param jsonName the same, encoded once
 * @param repeated whether it is a list; false for a map
 * @param once whether it asks for something, as one of the messages of a {@code oneof}: asking twice is not the same
 * @param message the shape of a field that is a message, otherwise null
 */
record FieldShape(
        int number,
        String name,
        SerializedString jsonName,
        Type type,
        boolean repeated,
        boolean once,
        @Nullable Shape message) {
    static FieldShape of(FieldDescriptor field) {
        Type type = Type.of(field);
        return new FieldShape(
                field.getNumber(),
                field.getJsonName(),
                new SerializedString(field.getJsonName()),
                type,
                field.isRepeated() && type != Type.MAP,
                field.getRealContainingOneof() != null && type == Type.MESSAGE,
                type == Type.MESSAGE ? new Shape(field.getMessageType()) : null);
    }

    Shape requireMessage() {
        return Objects.requireNonNull(message, name);
    }

    /** What a field holds, of what the schema uses. */
    enum Type {
        STRING("a string"),
        BYTES("base64 in a string"),
        INT64("an integer"),
        UINT32("an integer"),
        BOOL("true or false"),
        MESSAGE("an object"),
        MAP("an object of strings");

        private final String allowed;

        Type(String allowed) {
            this.allowed = allowed;
        }

        /** For a person: what is allowed in JSON. */
        String allowed() {
            return allowed;
        }

        private static Type of(FieldDescriptor field) {
            return switch (field.getType()) {
                case STRING -> STRING;
                case BYTES -> BYTES;
                case INT64 -> INT64;
                case UINT32 -> UINT32;
                case BOOL -> BOOL;
                case MESSAGE -> field.isMapField() ? MAP : MESSAGE;
                default -> throw new IllegalStateException(field.getFullName() + " has a type without a codec");
            };
        }
    }
}
