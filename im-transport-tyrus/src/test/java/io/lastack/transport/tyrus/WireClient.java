package io.lastack.transport.tyrus;

import io.lastack.proto.WireCodec;
import io.lastack.session.Body;
import io.lastack.session.ClientFrame;
import io.lastack.session.EncodedFrame;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.netty.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Speaks the protocol over a {@link RawClient}: frames out, frames in. Pings are answered while it reads. */
final class WireClient implements AutoCloseable {

    final RawClient raw;
    private final WireCodec codec;
    private final Deque<ServerFrame> read = new ArrayDeque<>();

    private WireClient(RawClient raw, WireCodec codec) {
        this.raw = raw;
        this.codec = codec;
    }

    static WireClient connect(int port, WireCodec codec, String query, String headers) throws IOException {
        var raw = new RawClient(port);
        raw.handshake("/im" + query, "Sec-WebSocket-Protocol: " + codec.subprotocol() + "\r\n" + headers);
        var answer = raw.response();
        if (answer.status() != 101) {
            raw.close();
            throw new IOException("refused with " + answer);
        }
        return new WireClient(raw, codec);
    }

    static WireClient connect(int port, WireCodec codec) throws IOException {
        return connect(port, codec, "", "");
    }

    /** Connected, and greeted as the user, whose name is the token. */
    static WireClient greeted(int port, WireCodec codec, String user, String device) throws Exception {
        var client = connect(port, codec);
        client.send(hello(user, device));
        client.next(ServerFrame.Welcome.class);
        return client;
    }

    static ClientFrame.Hello hello(String token, String device) {
        return new ClientFrame.Hello(1, token, device, List.of(), null, null);
    }

    static ClientFrame.Send message(long requestId, String conversation, String id, String text) {
        return new ClientFrame.Send(requestId, conversation, id, "text", Body.of(text), Map.of(), 0, List.of());
    }

    void send(ClientFrame... frames) throws IOException {
        List<EncodedFrame> encoded = Arrays.stream(frames).map(codec::encode).toList();
        raw.frame(codec.isBinary() ? RawClient.BINARY : RawClient.TEXT, codec.packet(encoded));
    }

    /** The next frame of the kind; others before it are passed over. */
    <T extends ServerFrame> T next(Class<T> kind) throws Exception {
        while (true) {
            while (read.isEmpty()) {
                var frame = data();
                if (frame.closeCode() >= 0) {
                    throw new IOException("closed with " + frame.closeCode() + " " + frame.closeReason());
                }
                read.addAll(codec.decodeServer(ByteBuffer.wrap(frame.payload())));
            }
            var frame = read.remove();
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
        }
    }

    /** The close frame that ends the connection; packets before it are passed over. */
    RawClient.Frame close(boolean answerPings) throws IOException {
        while (true) {
            var frame = answerPings ? data() : raw.frame();
            if (frame.closeCode() >= 0) {
                return frame;
            }
        }
    }

    RawClient.Frame closed() throws IOException {
        return close(true);
    }

    private RawClient.Frame data() throws IOException {
        while (true) {
            var frame = raw.frame();
            if (frame.first() != RawClient.PING) {
                return frame;
            }
            raw.frame(RawClient.PONG, frame.payload());
        }
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
