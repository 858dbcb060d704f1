package io.lastack.transport.tyrus.load;

/** The servers that are compared. */
enum HostKind {
    /** The whole: engine, store in memory, server. */
    LASTACK,
    /** The server of this module with an endpoint that echoes. */
    OWN_CONTAINER,
    /** Tyrus on Grizzly, as it comes, with an endpoint that echoes. */
    STOCK_TYRUS,
    /** Netty's WebSocket handlers, and nothing else. */
    BARE_NETTY;

    Host start(HostOptions options) throws Exception {
        return switch (this) {
            case LASTACK -> new LastAckHost(options);
            case OWN_CONTAINER -> new OwnContainerHost(options);
            case STOCK_TYRUS -> new StockTyrusHost(options);
            case BARE_NETTY -> new BareNettyHost(options);
        };
    }
}
