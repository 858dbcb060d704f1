package io.lastack.examples.campaign;

import io.lastack.examples.campaign.Findings.Kind;
import io.lastack.examples.campaign.Journal.Word;
import io.lastack.log.ConversationId;
import io.lastack.spi.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was stored for one device, from one moment at which the server was dead to the next. */
final class PositionCheck {
    private final Diary diary;
    private final Findings findings;
    private final Map<ConversationId, Long> acked = new HashMap<>();
    private final Map<ConversationId, Long> read = new HashMap<>();

    PositionCheck(Diary diary, Findings findings) {
        this.diary = diary;
        this.findings = findings;
    }

    /** @param samples the last of which is from the end */
    void check(List<StoredState> samples) {
        Map<ConversationId, Long> shown = diary.newestShown();
        for (StoredState sample : samples) {
            for (Subscription stored : sample.positions().getOrDefault(diary.name(), List.of())) {
                moved("lastAck", acked, stored.conversation(), stored.lastAck());
                moved("lastRead", read, stored.conversation(), stored.lastRead());
            }
        }
        StoredState end = samples.get(samples.size() - 1);
        for (Subscription stored : end.positions().get(diary.name())) {
            ConversationId conversation = stored.conversation();
            if (stored.lastAck() > shown.getOrDefault(conversation, stored.firstSeq() - 1)) {
                findings.add(
                        Kind.REGRESSION,
                        diary.name() + " in " + conversation + ": lastAck " + stored.lastAck()
                                + " is above what it was shown");
            }
        }
        diary.of(Word.READ).forEach(entry -> {
            long stored = read.getOrDefault(entry.conversation(0), 0L);
            if (stored < entry.number(1)) {
                findings.add(
                        Kind.REGRESSION,
                        diary.name() + " in " + entry.text(0) + ": lastRead " + entry.number(1) + " was confirmed, and "
                                + stored + " is stored");
            }
        });
    }

    private void moved(String what, Map<ConversationId, Long> positions, ConversationId conversation, long now) {
        Long before = positions.put(conversation, now);
        if (before != null && now < before) {
            findings.add(
                    Kind.REGRESSION,
                    diary.name() + " in " + conversation + ": stored " + what + " went from " + before + " to " + now);
        }
    }
}
