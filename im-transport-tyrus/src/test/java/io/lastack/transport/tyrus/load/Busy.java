package io.lastack.transport.tyrus.load;

/** A client that begins to work when it is told. */
interface Busy {
    void begin();
}
