package io.lastack.proto;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of the schema in protobuf, in one pass: the length of a nested message, which stands before it, is put
 * in when the message is written, and what was written moves up by the bytes that the length needs beyond the first.
 */
final class ProtoWriter implements FieldWriter {
    private static final int INITIAL_CAPACITY = 512;
    private static final int MAX_VARINT = 10;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private byte[] buffer;
    private int size;

    /** @param expected about how much will be written, in bytes; it grows where that is too little */
    ProtoWriter(int expected) {
        buffer = new byte[Math.max(INITIAL_CAPACITY, expected)];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    @Override
    public void string(int field, String value) {
        if (!value.isEmpty()) {
            optional(field, value);
        }
    }

    @Override
    public void optional(int field, @Nullable String value) {
        if (value != null) {
            text(field, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void text(int field, byte[] utf8) {
        bytes(field, utf8);
    }

    @Override
    public void bytes(int field, byte[] value) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        varint(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    @Override
    public void integer(int field, long value) {
        if (value != 0) {
            tag(field, WireFormat.WIRETYPE_VARINT);
            varint(value);
        }
    }

    @Override
    public void flag(int field, boolean value) {
        integer(field, value ? 1 : 0);
    }

    @Override
    public <T> void strings(int field, List<T> values, Function<T, String> name) {
        for (T value : values) {
            optional(field, name.apply(value));
        }
    }

    @Override
    public void entries(int field, Map<String, String> entries) throws IOException {
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            message(field, entry, ProtoWriter::entry);
        }
    }

    private static void entry(FieldWriter out, Map.Entry<String, String> entry) throws IOException {
        out.optional(KEY, entry.getKey());
        out.optional(VALUE, entry.getValue());
    }

    @Override
    public <T> void messages(int field, List<T> values, Content<T> content) throws IOException {
        for (T value : values) {
            message(field, value, content);
        }
    }

    @Override
    public <T> void message(int field, T value, Content<T> content) throws IOException {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        reserve(1);
        int start = ++size;
        content.write(this, value);
        int length = size - start;
        int shift = CodedOutputStream.computeUInt32SizeNoTag(length) - 1;
        if (shift > 0) {
            reserve(shift);
            System.arraycopy(buffer, start, buffer, start + shift, length);
        }
        size = start - 1;
        varint(length);
        size += length;
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    /** Seven bits a byte, lowest first; the highest bit of a byte says that another follows. */
    private void varint(long value) {
        reserve(MAX_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void reserve(int bytes) {
        if (buffer.length - size < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + bytes));
        }
    }
}
