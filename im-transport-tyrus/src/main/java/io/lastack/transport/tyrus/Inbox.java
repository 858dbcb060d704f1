package io.lastack.transport.tyrus;

import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.CloseReason;
import io.lastack.session.Session;
import io.lastack.transport.tyrus.netty.PacketChannel;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the messages of one connection for its session. A fault of ours ends that connection and no other. */
final class Inbox implements PacketChannel.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final WireCodec codec;
    private final Session session;

    Inbox(WireCodec codec, Session session) {
        this.codec = codec;
        this.session = session;
    }

    @Override
    public void message(boolean text, ByteBuffer payload) {
        if (text == codec.isBinary()) {
            session.malformed(new CloseReason(
                    CloseReason.WRONG_KIND,
                    codec + " is spoken in " + (codec.isBinary() ? "binary" : "text") + " messages"));
            return;
        }
        try {
            session.received(codec.decodeClient(payload));
        } catch (MalformedPacketException e) {
            session.malformed(e.closeReason());
        } catch (RuntimeException e) {
            LOG.error("a packet could not be handled", e);
            session.malformed(new CloseReason(CloseReason.SERVER_ERROR, "the server failed; connect again"));
        }
    }

    /** A message over the limit, of which no more is read. */
    void tooLarge(int limit) {
        session.malformed(new CloseReason(CloseReason.TOO_LARGE, "the message is larger than " + limit + " bytes"));
    }

    @Override
    public void activity() {
        session.activity();
    }
}
