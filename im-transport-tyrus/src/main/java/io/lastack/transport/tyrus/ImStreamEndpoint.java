package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.CloseReason;
import io.lastack.session.Handshake;
import io.lastack.session.Session;
import io.lastack.session.SessionAcceptor;
import io.lastack.transport.tyrus.netty.Opening;
import io.lastack.transport.tyrus.netty.StreamChannel;
import io.lastack.transport.tyrus.netty.StreamEndpoint;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The messaging endpoint for clients without WebSocket: the same packets, and the same session. A stream belongs to the
 * token that opened it, or to that of its first hello.
 */
final class ImStreamEndpoint implements StreamEndpoint {

    private final SessionAcceptor engine;

    ImStreamEndpoint(SessionAcceptor engine) {
        this.engine = engine;
    }

    @Override
    public Receiver open(StreamChannel channel, Opening opening) {
        WireCodec codec = Subprotocols.choose(opening.subprotocols()).orElseThrow();
        Handshake handshake = HandshakeReader.read(opening.headers(), opening.query());
        if (handshake.token() != null) {
            channel.bind(handshake.token());
        }
        Session session = engine.accept(new StreamConnection(channel, codec), handshake);
        return new Incoming(codec, new Binding(session, channel));
    }

    private static final class Incoming implements Receiver {

        private final boolean text;
        private final Session session;
        private final Inbox inbox;

        Incoming(WireCodec codec, Session session) {
            this.text = !codec.isBinary();
            this.session = session;
            this.inbox = new Inbox(codec, session);
        }

        @Override
        public void message(ByteBuffer payload) {
            inbox.message(text, payload);
        }

        @Override
        public void activity() {
            inbox.activity();
        }

        @Override
        public void tooLarge(int limit) {
            inbox.tooLarge(limit);
        }

        @Override
        public void closed(int code, String reason) {
            session.closed(new CloseReason(code, reason));
        }
    }

    /** Sees the token of a hello before the engine does, so that the stream is somebody's before it serves anybody. */
    private record Binding(Session session, StreamChannel channel) implements Session {

        @Override
        public void received(List<ClientFrame> frames) {
            for (ClientFrame frame : frames) {
                if (frame instanceof ClientFrame.Hello hello && hello.token() != null) {
                    channel.bind(hello.token());
                }
            }
            session.received(frames);
        }

        @Override
        public void malformed(CloseReason reason) {
            session.malformed(reason);
        }

        @Override
        public void activity() {
            session.activity();
        }

        @Override
        public void closed(CloseReason reason) {
            session.closed(reason);
        }
    }
}
