package io.lastack.testkit.store.fault;

import io.lastack.log.ConversationId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When a fault of concurrent appends strikes: at the first append to a conversation that another thread is reading, once
 * for each who reads. It lasts until that reader has seen it, however long the reader waits for a processor. The thread
 * that opened the store does not count: it does one thing after the other.
 */
final class WhileReading {
    private final Thread opener = Thread.currentThread();
    private final Map<ConversationId, Thread> readers = new ConcurrentHashMap<>();
    private final Set<Thread> known = ConcurrentHashMap.newKeySet();

    /** The current thread has read this. */
    void read(ConversationId conversation) {
        if (Thread.currentThread() != opener && known.add(Thread.currentThread())) {
            readers.put(conversation, Thread.currentThread());
        }
    }

    /** Whether the fault strikes with an append to this that the current thread is about to make. */
    boolean isNow(ConversationId conversation) {
        Thread reader = readers.get(conversation);
        return reader != null
                && Thread.currentThread() != opener
                && Thread.currentThread() != reader
                && readers.remove(conversation, reader);
    }

    static void await(CountDownLatch seen) {
        try {
            if (!seen.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody saw the fault");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
