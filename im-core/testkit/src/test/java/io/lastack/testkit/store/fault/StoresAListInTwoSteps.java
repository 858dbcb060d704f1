package io.lastack.testkit.store.fault;

import io.lastack.log.AppendOutcome;
import io.lastack.log.AppendOutcome.Appended;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.spi.LogPage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A list is stored in two steps, between which readers may look. */
final class StoresAListInTwoSteps extends FaultyLog {
    private final WhileReading fault = new WhileReading();
    private final Map<ConversationId, Half> half = new ConcurrentHashMap<>();

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        int middle = drafts.size() / 2;
        if (middle == 0 || !fault.isNow(drafts.get(middle - 1).conversation())) {
            return super.append(drafts, sentAt);
        }
        ConversationId conversation = drafts.get(middle - 1).conversation();
        CountDownLatch seen = new CountDownLatch(1);
        List<AppendOutcome> first;
        // Readers are kept out until it is known what they are to see.
        synchronized (half) {
            first = super.append(drafts.subList(0, middle), sentAt);
            half.put(conversation, new Half(first.get(middle - 1), seen));
        }
        WhileReading.await(seen);
        half.remove(conversation);
        List<AppendOutcome> second = super.append(drafts.subList(middle, drafts.size()), sentAt);
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    LogPage shown(LogPage page) {
        fault.read(page.conversation());
        synchronized (half) {
            Half there = half.get(page.conversation());
            // A page that was read before the first step does not show it.
            if (there != null
                    && page.messages().stream().anyMatch(m -> there.last().equals(new Appended(m.seq(), m.sentAt())))) {
                there.seen().countDown();
            }
        }
        return page;
    }

    /** What the first step ended with, and who waits for a reader to see it. */
    private record Half(AppendOutcome last, CountDownLatch seen) {}
}
