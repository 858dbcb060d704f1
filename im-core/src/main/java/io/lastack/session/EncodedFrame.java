package io.lastack.session;

/** A frame in the form in which a connection writes it; made once, written to any number of connections. Immutable. */
public interface EncodedFrame {
    /** Size in bytes on the wire (an estimate where there is no wire); at least 1. */
    int size();
}
