package io.lastack.transport.tyrus.load;

import io.lastack.proto.MalformedPacketException;
import io.lastack.proto.WireCodec;
import io.lastack.session.ClientFrame;
import io.lastack.session.ServerFrame;
import io.lastack.transport.tyrus.netty.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** A user's device; ready when the server has said welcome. */
class UserClient extends Client {

    final String user;

    UserClient(String user, Consumer<Client> ready) {
        super(
                "Sec-WebSocket-Protocol: " + WireCodec.PROTO.subprotocol() + "\r\nAuthorization: Bearer " + user
                        + "\r\n",
                ready);
        this.user = user;
    }

    @Override
    public void connected(Peer connected) {
        peer = connected;
        connected.send(handshake("/im?device=d", headers));
    }

    @Override
    void open() {
        // Ready with the welcome.
    }

    @Override
    void message(ByteBuffer payload) throws IOException {
        for (var frame : decoded(payload)) {
            if (frame instanceof ServerFrame.Welcome) {
                ready();
            } else {
                received(frame);
            }
        }
    }

    private static List<ServerFrame> decoded(ByteBuffer payload) throws IOException {
        try {
            return WireCodec.PROTO.decodeServer(payload);
        } catch (MalformedPacketException e) {
            throw new IOException(e);
        }
    }

    void received(ServerFrame frame) {}

    void send(ClientFrame... frames) {
        peer.frame(RawClient.BINARY, packet(frames));
    }

    static byte[] packet(ClientFrame... frames) {
        return WireCodec.PROTO.packet(
                List.of(frames).stream().map(WireCodec.PROTO::encode).toList());
    }

    static ClientFrame.Ack ack(String conversation, long seq) {
        return new ClientFrame.Ack(List.of(new ClientFrame.Position(conversation, seq)), List.of());
    }
}
