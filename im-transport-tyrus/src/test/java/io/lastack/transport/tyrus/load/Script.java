package io.lastack.transport.tyrus.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a client says, and how it takes what comes; on the thread of its {@link PeerLoop}. */
interface Script {

    void connected(Peer peer);

    /** The answer to the handshake, by its status. */
    void answered(Peer peer, int status);

    /** @param payload readable during the call only */
    void frame(Peer peer, int first, ByteBuffer payload) throws IOException;

    /** Once, whoever ended it. */
    void ended(Peer peer);
}
