package io.lastack.proto;

import io.lastack.session.ClientFrame;
import io.lastack.session.EncodedFrame;
import io.lastack.session.ServerFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Packets in a word, for tests. */
final class Packets {
    static final List<WireCodec> CODECS = List.of(WireCodec.PROTO, WireCodec.JSON);

    private Packets() {}

    static byte[] ofClient(WireCodec codec, List<? extends ClientFrame> frames) {
        List<EncodedFrame> encoded = frames.stream().map(codec::encode).toList();
        return codec.packet(encoded);
    }

    static byte[] ofServer(WireCodec codec, List<? extends ServerFrame> frames) {
        List<EncodedFrame> encoded = frames.stream().map(codec::encode).toList();
        return codec.packet(encoded);
    }

    static List<ClientFrame> fromClient(WireCodec codec, byte[] packet) throws MalformedPacketException {
        return codec.decodeClient(ByteBuffer.wrap(packet));
    }

    static List<ServerFrame> fromServer(WireCodec codec, byte[] packet) throws MalformedPacketException {
        return codec.decodeServer(ByteBuffer.wrap(packet));
    }

    /** The frames of a client's JSON packet; the text is written with single quotes instead of double ones. */
    static List<ClientFrame> fromJson(String packet) throws MalformedPacketException {
        return fromClient(WireCodec.JSON, packet.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
