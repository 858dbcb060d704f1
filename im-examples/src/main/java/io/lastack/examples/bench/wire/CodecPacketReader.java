package io.lastack.examples.bench.wire;

import io.lastack.log.Message;
import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.Result;
import io.lastack.session.ServerFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads packets by the codec that clients use. */
final class CodecPacketReader implements PacketReader {
    private final WireCodec codec;

    CodecPacketReader(WireCodec codec) {
        this.codec = codec;
    }

    @Override
    public void read(byte[] packet, int length, byte[] conversation, PacketEvents to) throws IOException {
        String expected = new String(conversation, StandardCharsets.US_ASCII);
        for (ServerFrame frame : decode(packet, length)) {
            tell(frame, expected, to);
        }
    }

    private List<ServerFrame> decode(byte[] packet, int length) throws IOException {
        try {
            return codec.decodeServer(ByteBuffer.wrap(packet, 0, length));
        } catch (MalformedPacketException e) {
            throw new IOException("the server sent what is no packet", e);
        }
    }

    private static void tell(ServerFrame frame, String conversation, PacketEvents to) {
        if (frame instanceof ServerFrame.Deliver deliver) {
            boolean here = deliver.conversation().value().equals(conversation);
            deliver.messages().forEach(message -> tell(message, here, to));
        } else if (frame instanceof ServerFrame.Reply reply) {
            to.replied(reply.requestId(), reply.status().code(), seqOf(reply));
        } else if (frame instanceof ServerFrame.Welcome) {
            to.welcomed();
        } else if (frame instanceof ServerFrame.Error error) {
            to.trouble("error " + error.status().code() + ": " + error.status().message());
        } else if (frame instanceof ServerFrame.Skipped skipped) {
            to.trouble("skipped " + skipped.fromSeq() + " to " + skipped.toSeq());
        } else if (frame instanceof ServerFrame.GoAway) {
            to.trouble("goAway");
        }
    }

    private static void tell(Message message, boolean here, PacketEvents to) {
        byte[] name = message.clientMessageId().value().getBytes(StandardCharsets.US_ASCII);
        byte[] body = message.content().payload().data();
        long value = MessageName.read(name, 0, name.length);
        boolean intact = value >= 0 && MessageName.read(body, 0, body.length) == value;
        to.delivered(here, message.seq(), intact ? value : -1, body.length);
    }

    private static long seqOf(ServerFrame.Reply reply) {
        if (reply.result() instanceof Result.Send sent) {
            return sent.seq();
        }
        return reply.result() instanceof Result.Group group ? group.seq() : 0;
    }
}
