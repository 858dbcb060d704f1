package io.lastack.proto;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes messages of the schema in JSON, as proto3 maps them, but integers as numbers. */
final class JsonWriter implements FieldWriter {
    private final JsonGenerator out;
    private Shape shape;

    JsonWriter(JsonGenerator out, Shape shape) {
        this.out = out;
        this.shape = shape;
    }

    @Override
    public void string(int field, String value) throws IOException {
        name(field);
        out.writeString(wellFormed(value));
    }

    @Override
    public void optional(int field, @Nullable String value) throws IOException {
        if (value != null) {
            string(field, value);
        }
    }

    @Override
    public void text(int field, byte[] utf8) throws IOException {
        name(field);
        out.writeUTF8String(utf8, 0, utf8.length);
    }

    @Override
    public void bytes(int field, byte[] value) throws IOException {
        name(field);
        out.writeBinary(value);
    }

    @Override
    public void integer(int field, long value) throws IOException {
        name(field);
        out.writeNumber(value);
    }

    @Override
    public void flag(int field, boolean value) throws IOException {
        name(field);
        out.writeBoolean(value);
    }

    @Override
    public <T> void strings(int field, List<T> values, Function<T, String> name) throws IOException {
        name(field);
        out.writeStartArray();
        for (T value : values) {
            out.writeString(wellFormed(name.apply(value)));
        }
        out.writeEndArray();
    }

    @Override
    public void entries(int field, Map<String, String> entries) throws IOException {
        name(field);
        out.writeStartObject();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            out.writeStringField(wellFormed(entry.getKey()), wellFormed(entry.getValue()));
        }
        out.writeEndObject();
    }

    @Override
    public <T> void message(int field, T value, Content<T> content) throws IOException {
        name(field);
        object(field, value, content);
    }

    @Override
    public <T> void messages(int field, List<T> values, Content<T> content) throws IOException {
        name(field);
        out.writeStartArray();
        for (T value : values) {
            object(field, value, content);
        }
        out.writeEndArray();
    }

    private <T> void object(int field, T value, Content<T> content) throws IOException {
        Shape outer = shape;
        shape = outer.field(field).requireMessage();
        out.writeStartObject();
        content.write(this, value);
        out.writeEndObject();
        shape = outer;
    }

    private void name(int field) throws IOException {
        out.writeFieldName(shape.field(field).jsonName());
    }

    /** Half a surrogate pair becomes a question mark, as in protobuf: a string from the host must not break a packet. */
    private static String wellFormed(String value) {
        return Text.isWellFormed(value)
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
