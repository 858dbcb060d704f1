package io.lastack.proto;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one message after another, under their numbers in the schema. Fields are written in ascending
 * order. Where JSON says a value that is zero, false or empty, protobuf leaves it out; the methods with {@code IfSet}
 * leave it out in both.
 */
interface FieldWriter {
    void string(int field, String value) throws IOException;

    /** A string whose presence has a meaning: left out if null, but not if empty. */
    void optional(int field, @Nullable String value) throws IOException;

    /** Text whose presence has a meaning, in UTF-8. The array must not change afterwards: it may be what is sent. */
    void text(int field, byte[] utf8) throws IOException;

    /** Bytes whose presence has a meaning. The array must not change afterwards: it may be what is sent. */
    void bytes(int field, byte[] value) throws IOException;

    void integer(int field, long value) throws IOException;

    void flag(int field, boolean value) throws IOException;

    <T> void strings(int field, List<T> values, Function<T, String> name) throws IOException;

    void entries(int field, Map<String, String> entries) throws IOException;

    <T> void message(int field, T value, Content<T> content) throws IOException;

    <T> void messages(int field, List<T> values, Content<T> content) throws IOException;

    default void stringIfSet(int field, String value) throws IOException {
        if (!value.isEmpty()) {
            string(field, value);
        }
    }

    default void integerIfSet(int field, long value) throws IOException {
        if (value != 0) {
            integer(field, value);
        }
    }

    default <T> void stringsIfSet(int field, List<T> values, Function<T, String> name) throws IOException {
        if (!values.isEmpty()) {
            strings(field, values, name);
        }
    }

    default void entriesIfSet(int field, Map<String, String> entries) throws IOException {
        if (!entries.isEmpty()) {
            entries(field, entries);
        }
    }

    default <T> void messagesIfSet(int field, List<T> values, Content<T> content) throws IOException {
        if (!values.isEmpty()) {
            messages(field, values, content);
        }
    }

    default <T> void messageIfSet(int field, @Nullable T value, Content<T> content) throws IOException {
        if (value != null) {
            message(field, value, content);
        }
    }

    /** Writes the fields of a message. */
    @FunctionalInterface
    interface Content<T> {
        void write(FieldWriter out, T value) throws IOException;
    }
}
