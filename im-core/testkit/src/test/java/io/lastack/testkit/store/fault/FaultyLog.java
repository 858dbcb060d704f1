package io.lastack.testkit.store.fault;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ConversationId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.MessageLog;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in front of a sound one, which shows its messages and seqs otherwise than they are. */
abstract class FaultyLog extends Faulty implements MessageLog {
    @Override
    public final MessageLog log() {
        return this;
    }

    @Override
    public final String epoch() {
        return sound.log().epoch();
    }

    @Override
    public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
        return sound.log().append(drafts, sentAt).stream().map(this::shown).toList();
    }

    @Override
    public List<LogPage> read(List<LogQuery> queries) {
        return sound.log().read(queries).stream().map(this::shown).toList();
    }

    @Override
    public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
        return sound.log().reactions(conversation, targets, limit);
    }

    @Override
    public final Map<ConversationId, Long> heads(Collection<ConversationId> conversations) {
        Map<ConversationId, Long> heads = new HashMap<>(sound.log().heads(conversations));
        heads.replaceAll((conversation, seq) -> shownHead(conversation, seq));
        return heads;
    }

    /** The seq under which a message is shown. */
    long shown(long seq) {
        return seq;
    }

    long shownHead(ConversationId conversation, long seq) {
        return shown(seq);
    }

    LogPage shown(LogPage page) {
        return new LogPage(
                page.conversation(),
                page.messages().stream().map(m -> at(m, shown(m.seq()))).toList(),
                page.trimmedThrough());
    }

    private AppendOutcome shown(AppendOutcome outcome) {
        if (outcome instanceof AppendOutcome.Appended appended) {
            return new AppendOutcome.Appended(shown(appended.seq()), appended.sentAt());
        }
        if (outcome instanceof AppendOutcome.AlreadyAppended first) {
            return new AppendOutcome.AlreadyAppended(shown(first.seq()), first.sentAt());
        }
        return outcome;
    }

    private static Message at(Message m, long seq) {
        return new Message(m.conversation(), seq, m.sentAt(), m.sender(), m.clientMessageId(), m.content());
    }
}
