package io.lastack.transport.tyrus;

import java.net.InetSocketAddress;

/** Addresses as the engine hears of them. */
final class Addresses {

    private Addresses() {}

    /** The address without the port: what limits and logs go by. */
    static String text(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }
}
