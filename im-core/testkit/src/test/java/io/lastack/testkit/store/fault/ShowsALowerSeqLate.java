package io.lastack.testkit.store.fault;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.spi.LogPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A seq is taken first and becomes visible later, as with an auto-increment key: where appends run at once, a higher one
 * may be visible first. A list becomes visible as a whole, and before its append returns.
 */
final class ShowsALowerSeqLate extends FaultyLog {
    private final WhileReading fault = new WhileReading();

    /** What is taken and not visible yet, with who waits for a reader to see a higher one. */
    private final Map<Message, CountDownLatch> hidden = new HashMap<>();

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        List<Message> taken = new ArrayList<>();
        CountDownLatch seen = new CountDownLatch(1);
        List<AppendOutcome> outcomes;
        // Readers are kept out until it is known what to hide, and writers so that something higher is still to come.
        synchronized (hidden) {
            boolean strikes = drafts.stream().map(Draft::conversation).anyMatch(fault::isNow);
            outcomes = super.append(drafts, sentAt);
            if (!strikes) {
                return outcomes;
            }
            for (int i = 0; i < drafts.size(); i++) {
                if (outcomes.get(i) instanceof AppendOutcome.Appended appended) {
                    taken.add(drafts.get(i).at(appended.seq(), sentAt));
                }
            }
            taken.forEach(message -> hidden.put(message, seen));
        }
        WhileReading.await(seen);
        synchronized (hidden) {
            taken.forEach(hidden::remove);
        }
        return outcomes;
    }

    @Override
    LogPage shown(LogPage page) {
        fault.read(page.conversation());
        synchronized (hidden) {
            List<Message> visible =
                    page.messages().stream().filter(m -> !hidden.containsKey(m)).toList();
            if (visible.size() < page.messages().size()) {
                releaseWhatLiesBelow(visible);
            }
            return new LogPage(page.conversation(), visible, page.trimmedThrough());
        }
    }

    private void releaseWhatLiesBelow(List<Message> visible) {
        visible.stream()
                .reduce((lower, higher) -> higher)
                .ifPresent(last -> hidden.forEach((message, seen) -> {
                    if (message.conversation().equals(last.conversation()) && message.seq() < last.seq()) {
                        seen.countDown();
                    }
                }));
    }

    /** Not told, so that only the order in which messages are seen can give the fault away. */
    @Override
    long shownHead(ConversationId conversation, long seq) {
        synchronized (hidden) {
            return hidden.isEmpty() ? seq : 0;
        }
    }
}
