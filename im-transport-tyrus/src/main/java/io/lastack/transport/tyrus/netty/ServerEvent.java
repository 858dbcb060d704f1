package io.lastack.transport.tyrus.netty;

/** Told to the pipeline of every connection. */
enum ServerEvent {
    /** The server stops: end in good order. */
    DRAIN
}
