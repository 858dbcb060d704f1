package io.lastack.mixed;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The log, of which the newest epoch that it told is remembered: positions belong to that. Thread-safe. */
final class LogEpoch implements MessageLog {
    private final MessageLog log;
    private volatile String last;

    LogEpoch(MessageLog log) {
        this.log = log;
        this.last = log.epoch();
    }

    /** What {@link #epoch} told last, without asking. */
    String last() {
        return last;
    }

    @Override
    public String epoch() {
        String now = log.epoch();
        last = now;
        return now;
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        return log.append(drafts, sentAt);
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        return log.read(queries);
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return log.reactions(conversation, targets, limit);
    }

    @Override
    public int parallelAppends() {
        return log.parallelAppends();
    }

    @Override
    public Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        return log.heads(conversations);
    }
}
