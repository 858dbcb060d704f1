package io.lastack.transport.tyrus.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lastack.transport.tyrus.netty.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Opens a WebSocket at {@code /im}, answers pings, and remembers how it ended. */
class Client implements Script {

    final String headers;
    private final Consumer<Client> ready;
    Peer peer;
    int status;
    int closeCode = -1;
    long pings;

    /**
     * @param headers further lines of the handshake, each ended by CR LF
     * @param ready told once, when it is open
     */
    Client(String headers, Consumer<Client> ready) {
        this.headers = headers;
        this.ready = ready;
    }

    static byte[] handshake(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers
                        + "\r\n")
                .getBytes(ISO_8859_1);
    }

    @Override
    public void connected(Peer connected) {
        peer = connected;
        connected.send(handshake("/im", headers));
    }

    @Override
    public void answered(Peer from, int newStatus) {
        status = newStatus;
        if (status == 101) {
            open();
        }
    }

    /** The handshake is through. */
    void open() {
        ready();
    }

    final void ready() {
        ready.accept(this);
    }

    @Override
    public void frame(Peer from, int first, ByteBuffer payload) throws IOException {
        switch (first) {
            case RawClient.PING -> {
                pings++;
                var echo = new byte[payload.remaining()];
                payload.get(echo);
                from.frame(RawClient.PONG, echo);
            }
            case RawClient.CLOSE -> {
                closeCode = payload.remaining() < 2 ? 1005 : payload.getShort() & 0xFFFF;
                from.end();
            }
            default -> message(payload);
        }
    }

    void message(ByteBuffer payload) throws IOException {}

    @Override
    public void ended(Peer from) {}
}
