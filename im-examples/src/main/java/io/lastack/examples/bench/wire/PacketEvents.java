package io.lastack.examples.bench.wire;

/** What a packet from the server says, as far as a load generator cares. */
public interface PacketEvents {
    void welcomed();

    /**
     * A request was answered.
     *
     * @param code as in HTTP
     * @param seq of the entry that the request appended; 0 if it is no such request
     */
    void replied(long requestId, int code, long seq);

    /**
     * An entry of a log came.
     *
     * @param here whether it is of the conversation that was expected
     * @param name the value of its {@link MessageName}; -1 if it has none, or if the body does not begin with it
     * @param bodyBytes the size of its body
     */
    void delivered(boolean here, long seq, long name, int bodyBytes);

    /** The server complained, said that messages will not come, or is going away. */
    void trouble(String what);
}
