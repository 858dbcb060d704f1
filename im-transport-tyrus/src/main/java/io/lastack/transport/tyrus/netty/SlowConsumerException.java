package io.lastack.transport.tyrus.netty;

import java.io.IOException;

/** More was to be sent to a connection than may wait for it. */
final class SlowConsumerException extends IOException {

    private static final long serialVersionUID = 1;

    SlowConsumerException(long pending) {
        super("the consumer is too slow: " + pending + " bytes wait to be written");
    }
}
