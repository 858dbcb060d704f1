package io.lastack.transport.tyrus.load;

import io.lastack.transport.tyrus.netty.RawClient;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Keeps so many messages under way to an endpoint that sends them back. */
final class EchoClient extends Client implements Busy {

    private final byte[] frame;
    private final int inFlight;
    private final Work work;

    EchoClient(Work work, int size, int inFlight, Consumer<Client> ready) {
        super("", ready);
        this.work = work;
        this.inFlight = inFlight;
        this.frame = Peer.frameBytes(RawClient.BINARY, new byte[size]);
    }

    @Override
    public void begin() {
        for (int i = 0; i < inFlight; i++) {
            again();
        }
    }

    private void again() {
        if (work.asked()) {
            peer.send(frame);
        }
    }

    @Override
    void message(ByteBuffer payload) {
        work.done();
        again();
    }
}
