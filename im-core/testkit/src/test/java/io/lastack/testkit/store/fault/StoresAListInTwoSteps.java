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
    private final FifthAppend fault = new FifthAppend();
    private final Map<ConversationId, Half> half = new ConcurrentHashMap<>();

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        int middle = drafts.size() / 2;
        if (!fault.isThis(drafts) || middle == 0) {
            return super.append(drafts, sentAt);
        }
        CountDownLatch seen = new CountDownLatch(1);
        List<AppendOutcome> first = super.append(drafts.subList(0, middle), sentAt);
        half.put(drafts.get(0).conversation(), new Half(first.get(middle - 1), seen));
        FifthAppend.await(seen);
        half.remove(drafts.get(0).conversation());
        List<AppendOutcome> second = super.append(drafts.subList(middle, drafts.size()), sentAt);
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    LogPage shown(LogPage page) {
        Half there = half.get(page.conversation());
        // A page that was read before the first step does not show it.
        if (there != null
                && page.messages().stream().anyMatch(m -> there.last().equals(new Appended(m.seq(), m.sentAt())))) {
            there.seen().countDown();
        }
        return page;
    }

    /** What the first step ended with, and who waits for a reader to see it. */
    private record Half(AppendOutcome last, CountDownLatch seen) {}
}
