package io.lastack.session;

/**
 * Turns frames into what connections write. There is one instance per codec, shared by all its connections: its identity
 * is the key under which encoded messages are cached. Safe for use by several threads.
 */
public interface FrameEncoder {
    EncodedFrame encode(ServerFrame frame);
}
