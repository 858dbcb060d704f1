package io.lastack.proto;

import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import java.util.List;

/**
 * Reads bytes as a packet from either side: they are frames or refused, in bounded memory, and frames are the same after
 * they were written and read again, by either codec.
 */
final class CodecProbe {
    /** What a packet of any size may cost: the buffers of the parser. */
    private static final long ALLOWED_ALWAYS = 1 << 20;

    /** A list of empty messages costs most: two bytes of protobuf, or three of JSON, for one of them. */
    private static final long ALLOWED_PER_BYTE = 256;

    private CodecProbe() {}

    static void check(WireCodec codec, byte[] packet) {
        long most = ALLOWED_ALWAYS + ALLOWED_PER_BYTE * packet.length;
        Allocated.atMost(most, () -> {
            fromClient(codec, packet);
            fromServer(codec, packet);
        });
        List<ClientFrame> fromClient = fromClient(codec, packet);
        List<ServerFrame> fromServer = fromServer(codec, packet);
        for (WireCodec other : Packets.CODECS) {
            same(fromClient, fromClient(other, Packets.ofClient(other, fromClient)), codec, other);
            same(fromServer, fromServer(other, Packets.ofServer(other, fromServer)), codec, other);
        }
    }

    private static List<ClientFrame> fromClient(WireCodec codec, byte[] packet) {
        try {
            return Packets.fromClient(codec, packet).stream()
                    .filter(frame -> !(frame instanceof ClientFrame.Invalid))
                    .toList();
        } catch (MalformedPacketException e) {
            checkReason(e);
            return List.of();
        }
    }

    private static List<ServerFrame> fromServer(WireCodec codec, byte[] packet) {
        try {
            return Packets.fromServer(codec, packet);
        } catch (MalformedPacketException e) {
            checkReason(e);
            return List.of();
        }
    }

    private static void checkReason(MalformedPacketException e) {
        if (e.closeReason().text().isEmpty() || e.closeReason().text().length() > 123) {
            throw new AssertionError("no reason for a close: " + e.closeReason());
        }
    }

    private static void same(List<?> read, List<?> again, WireCodec codec, WireCodec other) {
        String before = Described.of(read);
        String after = Described.of(again);
        if (!before.equals(after)) {
            throw new AssertionError("read by " + codec + ":\n" + before + "\nthrough " + other + ":\n" + after);
        }
    }
}
