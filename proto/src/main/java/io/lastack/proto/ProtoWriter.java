package io.lastack.proto;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages of the schema in protobuf, in one pass: the length of a nested message, which stands before it, is put
 * in when the message is written, and what was written moves up by the bytes that the length needs beyond the first. Long
 * values are not copied: they become parts of their own.
 */
final class ProtoWriter implements FieldWriter {
    /** Values of so many bytes are shared; of fewer, a part of its own would cost more than a copy. */
    static final int SHARED_BYTES = 1_024;

    private static final int INITIAL_CAPACITY = 128;
    private static final int MAX_VARINT = 10;
    private static final int MAX_ASCII = 127;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    /** All but what is shared. */
    private byte[] buffer;

    private int size;

    private List<Shared> shared = List.of();
    private int sharedBytes;

    /** Stands before the byte {@code at} of the buffer, and behind what was shared there before. */
    private static final class Shared {
        private final byte[] bytes;
        private int at;

        private Shared(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }
    }

    /** @param expected about how much will be written, in bytes, without long values; it grows where that is too little */
    ProtoWriter(int expected) {
        buffer = new byte[Math.max(INITIAL_CAPACITY, expected)];
    }

    /** What was written, in order; among them the long values themselves. */
    List<byte[]> toParts() {
        if (shared.isEmpty()) {
            return List.of(Arrays.copyOf(buffer, size));
        }
        List<byte[]> parts = new ArrayList<>(2 * shared.size() + 1);
        int from = 0;
        for (Shared value : shared) {
            own(from, value.at, parts);
            parts.add(value.bytes);
            from = value.at;
        }
        own(from, size, parts);
        return Collections.unmodifiableList(parts);
    }

    private void own(int from, int to, List<byte[]> parts) {
        if (from < to) {
            parts.add(Arrays.copyOfRange(buffer, from, to));
        }
    }

    @Override
    public void string(int field, String value) {
        if (!value.isEmpty()) {
            optional(field, value);
        }
    }

    @Override
    public void optional(int field, @Nullable String value) {
        if (value != null && !ascii(field, value)) {
            text(field, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Most names are short and plain: they go where they belong without an array of their own. */
    private boolean ascii(int field, String value) {
        int length = value.length();
        if (length >= SHARED_BYTES) {
            return false;
        }
        int before = size;
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        varint(length);
        reserve(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c > MAX_ASCII) {
                size = before;
                return false;
            }
            buffer[size++] = (byte) c;
        }
        return true;
    }

    @Override
    public void text(int field, byte[] utf8) {
        bytes(field, utf8);
    }

    @Override
    public void bytes(int field, byte[] value) {
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        varint(value.length);
        if (value.length < SHARED_BYTES) {
            reserve(value.length);
            System.arraycopy(value, 0, buffer, size, value.length);
            size += value.length;
        } else {
            if (sharedBytes == 0) {
                shared = new ArrayList<>();
            }
            shared.add(new Shared(value, size));
            sharedBytes += value.length;
        }
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
        int sharedBefore = shared.size();
        int bytesBefore = sharedBytes;
        content.write(this, value);
        int own = size - start;
        int length = own + sharedBytes - bytesBefore;
        int shift = CodedOutputStream.computeUInt32SizeNoTag(length) - 1;
        if (shift > 0) {
            reserve(shift);
            System.arraycopy(buffer, start, buffer, start + shift, own);
            for (int i = sharedBefore; i < shared.size(); i++) {
                shared.get(i).at += shift;
            }
        }
        size = start - 1;
        varint(length);
        size += own;
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
