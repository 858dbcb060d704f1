package io.lastack.proto;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.google.protobuf.UnsafeByteOperations;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Packets in JSON: {@code {"frames":[…]}}, in UTF-8. */
final class JsonFormat implements PacketFormat {
    private static final byte[] START = "{\"frames\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMA = ",".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

    private static final int INITIAL_CAPACITY = 512;

    /**
     * The deepest packet of the schema nests 9 deep, the longest name it allows is an ext key of 64 characters. Names are
     * not interned, since they come from the peer; the parser's own table of them is bounded.
     */
    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNameLength(256)
                    .maxNumberLength(256)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    @Override
    public List<byte[]> encode(ServerFrame frame) throws IOException {
        return encode(Schema.SERVER_FRAMES, frame, ServerFrameWriter::write);
    }

    @Override
    public List<byte[]> encode(ClientFrame frame) throws IOException {
        return encode(Schema.CLIENT_FRAMES, frame, ClientFrameWriter::write);
    }

    private <T> List<byte[]> encode(FieldShape frames, T frame, FieldWriter.Content<T> content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_CAPACITY);
        try (JsonGenerator out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            content.write(new JsonWriter(out, frames.requireMessage()), frame);
            out.writeEndObject();
        }
        return List.of(bytes.toByteArray());
    }

    @Override
    public List<byte[]> packet(List<WireFrame> frames) {
        List<byte[]> parts = new ArrayList<>(frames.size() * 2 + 2);
        parts.add(START);
        for (WireFrame frame : frames) {
            if (parts.size() > 1) {
                parts.add(COMMA);
            }
            frame.addTo(parts);
        }
        parts.add(END);
        return parts;
    }

    @Override
    public void decode(byte[] data, int offset, int length, FieldShape frames, int maxEntries, FrameSink sink)
            throws MalformedPacketException {
        if (!UnsafeByteOperations.unsafeWrap(data, offset, length).isValidUtf8()) {
            throw new MalformedPacketException(CloseReason.BAD_UTF8, "packet is not UTF-8");
        }
        try (JsonParser parser = json.createParser(data, offset, length)) {
            packet(parser, frames, maxEntries, sink);
        } catch (JsonProcessingException e) {
            // Its own message quotes the packet.
            throw malformed("packet is no JSON that is allowed", e.getLocation());
        } catch (IOException e) {
            throw malformed("packet is no JSON that is allowed", null);
        }
    }

    private static void packet(JsonParser parser, FieldShape frames, int maxEntries, FrameSink sink)
            throws IOException, MalformedPacketException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("packet is no JSON object", parser.currentLocation());
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (!name.equals(frames.name())) {
                parser.skipChildren();
            } else if (token == JsonToken.START_ARRAY) {
                frames(parser, frames, maxEntries, sink);
            } else if (token != JsonToken.VALUE_NULL) {
                throw malformed("frames is no array", parser.currentLocation());
            }
        }
        if (parser.nextToken() != null) {
            throw malformed("something follows the packet", parser.currentLocation());
        }
    }

    private static void frames(JsonParser parser, FieldShape frames, int maxEntries, FrameSink sink)
            throws IOException, MalformedPacketException {
        JsonReader reader = new JsonReader(parser, maxEntries);
        JsonStreamContext array = parser.getParsingContext();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            frame(parser, reader, array, frames.requireMessage(), sink);
        }
    }

    private static void frame(
            JsonParser parser, JsonReader reader, JsonStreamContext array, Shape shape, FrameSink sink)
            throws IOException, MalformedPacketException {
        Fields frame = new Fields(shape);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            sink.broken(frame, new FrameFault("frame is no object; an object is allowed"));
            return;
        }
        try {
            reader.read(shape, frame);
        } catch (FrameFault e) {
            reader.recover(array, shape, frame);
            sink.broken(frame, e);
            return;
        }
        sink.frame(frame);
    }

    private static MalformedPacketException malformed(String what, @Nullable JsonLocation at) {
        return new MalformedPacketException(
                CloseReason.PROTOCOL_ERROR, at == null ? what : what + ", at byte " + at.getByteOffset());
    }
}
