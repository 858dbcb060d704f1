package io.lastack.internal.session;

/**
 * How much of one connection is sent and not acknowledged. At most so many messages (and runs of skipped ones) and so many
 * bytes; one message always fits. Not thread-safe.
 *
 * <p>The bytes begin with few and grow with each that is acknowledged, as in the slow start of TCP (RFC 5681, section 3.1):
 * many connections that acknowledge nothing, each a new one time and again, cost little.
 */
final class Window {
    static final int FIRST_BYTES = 64 << 10;

    private final int maxMessages;
    private final int maxBytes;
    private long allowedBytes;
    private long messages;
    private long bytes;

    Window(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.allowedBytes = Math.min(FIRST_BYTES, maxBytes);
    }

    boolean isOpen() {
        return messages == 0 || (messages < maxMessages && bytes < allowedBytes);
    }

    boolean isEmpty() {
        return messages == 0;
    }

    /** How many more messages may be sent, at least 1. */
    long free() {
        return Math.max(1, maxMessages - messages);
    }

    /** How many more bytes may be sent, at least 1. */
    int freeBytes() {
        return (int) Math.max(1, allowedBytes - bytes);
    }

    /** How many bytes are sent and not acknowledged. */
    long bytes() {
        return bytes;
    }

    /** So many bytes were acknowledged: as many more may be on their way. */
    void grow(long acknowledgedBytes) {
        allowedBytes = Math.min(maxBytes, allowedBytes + acknowledgedBytes);
    }

    void take(int size) {
        messages++;
        bytes += size;
    }

    void release(long releasedMessages, long releasedBytes) {
        messages -= releasedMessages;
        bytes -= releasedBytes;
    }
}
