package io.lastack.examples.bench.wire;

/** What a connection tells; on the thread of its {@link Dialer}. */
public interface LinkEvents {
    void opened(Link link);

    /** A packet, in the first {@code length} bytes of an array that is used again afterwards. */
    void packet(byte[] packet, int length);

    /** The connection ended, or could not be made. */
    void closed(String why);
}
