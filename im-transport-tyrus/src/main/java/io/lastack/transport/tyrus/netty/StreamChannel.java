package io.lastack.transport.tyrus.netty;

import java.net.InetSocketAddress;
import java.util.List;

/** A client at a {@link StreamPath}. Safe for use by any number of threads; nothing blocks. */
public interface StreamChannel {

    /**
     * Writes one message that consists of the parts, one after the other. Bounds and completion are those of
     * {@link PacketChannel#write}.
     *
     * @param text whether the bytes are UTF-8 without line breaks, which go out as they are; others go out in base64
     */
    void write(boolean text, List<byte[]> parts, PacketChannel.Completion done);

    /** Asks the client for a sign of life. */
    void ping();

    /** Sends what waits and then the reason, and ends the connection, which is reset if that takes too long. */
    void close(int code, String reason);

    /** Resets the connection at once; see {@link PacketChannel#kill}. */
    void kill(String reason);

    /**
     * Makes the connection that of a token, if it is nobody's yet: every further request for it must bring that token
     * along in {@code Authorization}.
     */
    void bind(String token);

    /** The address of the client; see {@link Opening#client()}. */
    InetSocketAddress client();
}
