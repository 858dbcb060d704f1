package io.lastack.transport.tyrus.http;

import java.io.IOException;
import java.io.OutputStream;

/** A body that is written while it is sent, however long it is: memory does not grow with it. */
@FunctionalInterface
public interface HttpBody {

    /**
     * Writes the body. Runs on a thread that may block, after {@link HttpRoute#handle}; writing blocks while the client does
     * not keep up.
     *
     * @param out where to; closing it is not needed
     * @throws IOException as {@code out} throws it, when the client is gone or takes nothing for 30 s
     * @throws RuntimeException whatever goes wrong: the log gets it, and the client sees an answer that was cut off
     */
    void writeTo(OutputStream out) throws IOException;
}
