package io.lastack.transport.tyrus.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection by a reset: nothing is sent any more, and what waits in the operating system is dropped. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A write or close that fails ends the connection, which is told otherwise.
final class HardClose {

    private static final Logger LOG = LoggerFactory.getLogger(HardClose.class);

    private HardClose() {}

    /** Resets, past all handlers: TLS would try to say good-bye first. From any thread. */
    static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            LOG.trace("the connection was closed already", e);
        }
        var first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }
}
