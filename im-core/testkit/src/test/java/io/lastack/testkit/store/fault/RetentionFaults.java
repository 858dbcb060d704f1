package io.lastack.testkit.store.fault;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.spi.LogExtent;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogRetention;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Retention with one fault each. */
final class RetentionFaults {
    private RetentionFaults() {}

    /** Retention in front of a sound one. */
    private abstract static class FaultyRetention extends FaultyPowers implements LogRetention {
        @Override
        public final Optional<LogRetention> retention() {
            return Optional.of(this);
        }

        @Override
        public List<LogExtent> extents(ConversationId.Kind kind, @Nullable ConversationId after, int limit) {
            return soundRetention().extents(kind, after, limit);
        }

        @Override
        public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
            return soundRetention().trim(conversation, through, sentBefore, atMost);
        }
    }

    /** One message above what it may delete is deleted. */
    static final class DeletesOneTooMany extends FaultyRetention {
        @Override
        public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
            long above = through == 0 || through == Long.MAX_VALUE ? through : through + 1;
            return super.trim(conversation, above, sentBefore, atMost);
        }
    }

    /** How old a message is does not count. */
    static final class DeletesWhatIsYoung extends FaultyRetention {
        @Override
        public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
            return super.trim(conversation, through, sentBefore > 1_000 ? Long.MAX_VALUE : sentBefore, atMost);
        }
    }

    /** Everything is deleted in one go. */
    static final class DeletesAllAtOnce extends FaultyRetention {
        @Override
        public long trim(ConversationId conversation, long through, long sentBefore, int atMost) {
            return super.trim(conversation, through, sentBefore, atMost < 1 ? atMost : Integer.MAX_VALUE);
        }
    }

    /** Readers are not told that messages are gone. */
    static final class TellsNobody extends FaultyRetention {
        @Override
        LogPage shown(LogPage page) {
            return new LogPage(page.conversation(), page.messages(), 0);
        }
    }

    /** Pages are told from the oldest conversation on, whichever was asked for. */
    static final class NeverComesToTheNextPage extends FaultyRetention {
        @Override
        public List<LogExtent> extents(ConversationId.Kind kind, @Nullable ConversationId after, int limit) {
            List<LogExtent> all = soundRetention().extents(kind, after, Integer.MAX_VALUE);
            return limit < 1 || all.size() <= limit
                    ? soundRetention().extents(kind, after, limit)
                    : all.subList(all.size() - limit, all.size());
        }
    }

    /** Without declaring it, deletes what is older than 200 messages. */
    static final class DeletesInSecret extends FaultyLog {
        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            List<AppendOutcome> outcomes = super.append(drafts, sentAt);
            for (Draft draft : drafts) {
                ConversationId conversation = draft.conversation();
                long head = heads(List.of(conversation)).getOrDefault(conversation, 0L);
                sound.retention().orElseThrow().trim(conversation, Math.max(0, head - 200), Long.MAX_VALUE, 1_000);
            }
            return outcomes;
        }
    }
}
