package io.lastack.proto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads messages of the schema from protobuf. By hand and not by the generated classes, which pass over a field of a
 * wrong type in silence, and keep one of two frames where only one is allowed.
 */
final class ProtoReader {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final CodedInputStream in;
    private final int maxEntries;

    ProtoReader(CodedInputStream in, int maxEntries) {
        this.in = in;
        this.maxEntries = maxEntries;
    }

    /** Reads the fields up to the limit that is set on the stream. */
    void read(Shape shape, Fields into) throws FrameFault {
        for (int tag = tag(); tag != 0; tag = tag()) {
            FieldShape field = shape.find(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                into.sawUnknown("number " + WireFormat.getTagFieldNumber(tag));
                skip(tag);
            } else if (WireFormat.getTagWireType(tag) != wireType(field)) {
                throw new FrameFault(field, "has wire type " + WireFormat.getTagWireType(tag));
            } else {
                read(field, into);
            }
        }
    }

    private void read(FieldShape field, Fields into) throws FrameFault {
        try {
            if (field.type() == FieldShape.Type.MAP) {
                readEntry(field, into);
            } else if (field.repeated()) {
                into.add(field, value(field), maxEntries);
            } else {
                into.put(field, value(field));
            }
        } catch (IOException e) {
            throw new FrameFault(field.name() + " is cut short, malformed or not UTF-8");
        }
    }

    private Object value(FieldShape field) throws IOException, FrameFault {
        return switch (field.type()) {
            case STRING -> in.readStringRequireUtf8();
            case BYTES -> in.readByteArray();
            case INT64 -> in.readInt64();
            case UINT32 -> count(field);
            case BOOL -> in.readBool();
            case MESSAGE -> message(field);
            case MAP -> throw new IllegalStateException("a map is read entry by entry");
        };
    }

    private Long count(FieldShape field) throws IOException, FrameFault {
        long value = in.readUInt64();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw FrameFault.outOfRange(field);
        }
        return value;
    }

    private Fields message(FieldShape field) throws IOException, FrameFault {
        Shape shape = field.requireMessage();
        Fields message = new Fields(shape);
        int outer = in.pushLimit(in.readRawVarint32());
        try {
            read(shape, message);
        } catch (FrameFault e) {
            throw e.inside(field);
        }
        in.popLimit(outer);
        return message;
    }

    private void readEntry(FieldShape field, Fields into) throws IOException, FrameFault {
        String key = "";
        String value = "";
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == (KEY << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                key = in.readStringRequireUtf8();
            } else if (tag == (VALUE << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                value = in.readStringRequireUtf8();
            } else {
                throw new FrameFault(field, "has an entry with something else than a key and a value");
            }
        }
        in.popLimit(outer);
        into.addEntry(field, key, value, maxEntries);
    }

    private int tag() throws FrameFault {
        try {
            return in.readTag();
        } catch (IOException e) {
            throw new FrameFault("the bytes are no protobuf fields");
        }
    }

    /** Groups, which the protocol has none of, are refused: skipping one would nest as deep as the peer likes. */
    private void skip(int tag) throws FrameFault {
        int wireType = WireFormat.getTagWireType(tag);
        if (wireType == WireFormat.WIRETYPE_START_GROUP || wireType == WireFormat.WIRETYPE_END_GROUP) {
            throw new FrameFault("the bytes have a protobuf group; none is allowed");
        }
        try {
            in.skipField(tag);
        } catch (IOException e) {
            throw new FrameFault("the bytes are no protobuf fields");
        }
    }

    private static int wireType(FieldShape field) {
        return switch (field.type()) {
            case INT64, UINT32, BOOL -> WireFormat.WIRETYPE_VARINT;
            case STRING, BYTES, MESSAGE, MAP -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
        };
    }
}
