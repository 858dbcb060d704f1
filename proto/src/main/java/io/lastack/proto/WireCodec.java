package io.lastack.proto;

import io.lastack.session.ClientFrame;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One of the two codecs of the protocol, version 1. Encodes and decodes for both sides. A frame is encoded once, whatever
 * the number of packets that it goes into.
 *
 * <p>Stateless as seen from outside; safe for use by several threads.
 */
public final class WireCodec implements FrameEncoder {
    /** A client's packet has at most this many frames. A client with more to say sends several packets. */
    public static final int MAX_CLIENT_FRAMES = 1_000;

    /** Every list and map in a client's frame has at most this many entries, the positions of an ack among them. */
    public static final int MAX_CLIENT_ENTRIES = 10_000;

    /** {@code lastack.v1.proto}: protobuf, in binary WebSocket messages. */
    public static final WireCodec PROTO = new WireCodec("lastack.v1.proto", true, new ProtoFormat());

    /** {@code lastack.v1.json}: JSON, in text WebSocket messages. */
    public static final WireCodec JSON = new WireCodec("lastack.v1.json", false, new JsonFormat());

    private final String subprotocol;
    private final boolean binary;
    private final PacketFormat format;

    private WireCodec(String subprotocol, boolean binary, PacketFormat format) {
        this.subprotocol = subprotocol;
        this.binary = binary;
        this.format = format;
    }

    /** The codec of a WebSocket subprotocol; empty if there is none. */
    public static Optional<WireCodec> of(String subprotocol) {
        return List.of(PROTO, JSON).stream()
                .filter(codec -> codec.subprotocol.equals(subprotocol))
                .findFirst();
    }

    /** What the codec is called in the WebSocket handshake. */
    public String subprotocol() {
        return subprotocol;
    }

    /** Whether packets are binary WebSocket messages; text messages otherwise. */
    public boolean isBinary() {
        return binary;
    }

    @Override
    public EncodedFrame encode(ServerFrame frame) {
        try {
            return new WireFrame(this, format.encode(frame));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /**
     * Encodes a client's frame.
     *
     * @throws IllegalArgumentException if it is {@link ClientFrame.Invalid}, which has no form on the wire
     */
    public EncodedFrame encode(ClientFrame frame) {
        try {
            return new WireFrame(this, format.encode(frame));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /**
     * The packet that the frames make, in parts that are to be written one after another. Nothing is copied: the arrays
     * are those of the frames, bodies of messages among them, and constants, and must not be changed.
     *
     * @throws IllegalArgumentException if a frame was encoded by another codec
     */
    public List<byte[]> parts(Collection<? extends EncodedFrame> frames) {
        List<WireFrame> encoded = new ArrayList<>(frames.size());
        for (EncodedFrame frame : frames) {
            if (!(frame instanceof WireFrame wireFrame)) {
                throw new IllegalArgumentException("the frame is no frame of a wire codec");
            }
            encoded.add(wireFrame.requireOf(this));
        }
        return format.packet(encoded);
    }

    /** The packet that the frames make, in one array. @throws IllegalArgumentException as {@link #parts} */
    public byte[] packet(Collection<? extends EncodedFrame> frames) {
        List<byte[]> parts = parts(frames);
        ByteBuffer packet =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(packet::put);
        return packet.array();
    }

    /**
     * Reads a packet from a client. A frame that cannot be read becomes {@link ClientFrame.Invalid}, and the others are
     * read all the same. Uses memory in proportion to the size of the packet, which the caller limits.
     *
     * @param packet read from its position to its limit; not kept, and not moved
     * @throws MalformedPacketException if it is no packet, or has more than {@link #MAX_CLIENT_FRAMES} frames
     */
    public List<ClientFrame> decodeClient(ByteBuffer packet) throws MalformedPacketException {
        ClientFrames frames = new ClientFrames();
        decode(packet, Schema.CLIENT_FRAMES, MAX_CLIENT_ENTRIES, frames);
        return frames.toList();
    }

    /**
     * Reads a packet from the server. Frames and results of kinds that this version does not know are left out. Uses
     * memory in proportion to the size of the packet, which the caller limits.
     *
     * @param packet read from its position to its limit; not kept, and not moved
     * @throws MalformedPacketException if it is no packet, or a frame in it cannot be read
     */
    public List<ServerFrame> decodeServer(ByteBuffer packet) throws MalformedPacketException {
        ServerFrames frames = new ServerFrames();
        decode(packet, Schema.SERVER_FRAMES, Integer.MAX_VALUE, frames);
        return frames.toList();
    }

    private void decode(ByteBuffer packet, FieldShape frames, int maxEntries, FrameSink sink)
            throws MalformedPacketException {
        if (packet.hasArray()) {
            int offset = packet.arrayOffset() + packet.position();
            format.decode(packet.array(), offset, packet.remaining(), frames, maxEntries, sink);
        } else {
            byte[] copy = new byte[packet.remaining()];
            packet.duplicate().get(copy);
            format.decode(copy, 0, copy.length, frames, maxEntries, sink);
        }
    }

    /** The subprotocol. */
    @Override
    public String toString() {
        return subprotocol;
    }
}
