package io.lastack.testkit.store.fault;

import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When a fault of concurrent appends strikes: at the fifth append to a conversation by threads other than the one that
 * opened the store. It then lasts until a reader has seen it, or for half a second where nobody reads.
 */
final class FifthAppend {
    private final Thread opener = Thread.currentThread();
    private final Map<ConversationId, Integer> appends = new ConcurrentHashMap<>();

    boolean isThis(List<Draft> drafts) {
        return Thread.currentThread() != opener && appends.merge(drafts.get(0).conversation(), 1, Integer::sum) == 5;
    }

    static void await(CountDownLatch seen) {
        try {
            // Where nobody reads, nobody sees the fault, and the append goes on all the same.
            boolean unused = seen.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
