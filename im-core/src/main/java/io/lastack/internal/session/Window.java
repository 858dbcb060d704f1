package io.lastack.internal.session;

/**
 * How much of one connection is sent and not acknowledged. At most so many messages (and runs of skipped ones) and so many
 * bytes; one message always fits. Not thread-safe.
 */
final class Window {
    private final int maxMessages;
    private final int maxBytes;
    private long messages;
    private long bytes;

    Window(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    boolean isOpen() {
        return messages == 0 || (messages < maxMessages && bytes < maxBytes);
    }

    boolean isEmpty() {
        return messages == 0;
    }

    /** How many more messages may be sent, at least 1. */
    long free() {
        return Math.max(1, maxMessages - messages);
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
