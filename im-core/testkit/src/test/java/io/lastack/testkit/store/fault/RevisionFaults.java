package io.lastack.testkit.store.fault;

import io.lastack.log.AppendOutcome;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.Reaction;
import io.lastack.log.SeqRange;
import io.lastack.log.UserId;
import io.lastack.spi.LogPage;
import io.lastack.spi.LogQuery;
import io.lastack.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recalls, edits, reactions and mentions with one fault each. */
final class RevisionFaults {
    private RevisionFaults() {}

    /** A recall leaves the bodies of earlier edits in the log. */
    static final class KeepsTheBodiesOfEdits extends FaultyLog {
        private final Map<ClientMessageId, Content> edits = new ConcurrentHashMap<>();

        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            List<AppendOutcome> outcomes = super.append(drafts, sentAt);
            drafts.stream()
                    .filter(d -> d.content().kind().equals(Content.EDIT))
                    .forEach(d -> edits.put(d.requireClientMessageId(), d.content()));
            return outcomes;
        }

        @Override
        LogPage shown(LogPage page) {
            return with(page, m -> m.content().kind().equals(Content.EDIT) ? edits.get(m.clientMessageId()) : null);
        }
    }

    /** An edit that comes too late brings the body back. */
    static final class BringsBackWhatWasRecalled extends FaultyLog {
        private final Map<List<Object>, Content> late = new ConcurrentHashMap<>();

        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            List<AppendOutcome> outcomes = super.append(drafts, sentAt);
            for (int i = 0; i < drafts.size(); i++) {
                Content content = drafts.get(i).content();
                if (outcomes.get(i) instanceof AppendOutcome.Refused
                        && content.kind().equals(Content.EDIT)) {
                    late.put(List.of(drafts.get(i).conversation(), content.revises()), content);
                }
            }
            return outcomes;
        }

        @Override
        LogPage shown(LogPage page) {
            return with(
                    page,
                    m -> m.content().kind().equals(Content.RECALLED)
                            ? late.get(List.of(m.conversation(), m.seq()))
                            : null);
        }
    }

    /** A reaction that was taken back is there all the same. */
    static final class KeepsReactions extends FaultyLog {
        private final Map<ConversationId, List<Reaction>> ever = new ConcurrentHashMap<>();

        @Override
        public List<Reaction> reactions(ConversationId conversation, SeqRange targets, int limit) {
            List<Reaction> now = sound.log().reactions(conversation, targets, limit);
            List<Reaction> known = ever.computeIfAbsent(conversation, c -> new ArrayList<>());
            synchronized (known) {
                now.stream().filter(r -> !known.contains(r)).forEach(known::add);
                return known.stream()
                        .filter(r -> targets.contains(r.target()))
                        .limit(limit)
                        .toList();
            }
        }
    }

    /** A recalled message is as unread as before. */
    static final class CountsWhatWasRecalled extends FaultyMembers {
        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            LogQuery above =
                    new LogQuery(s.conversation(), new SeqRange(s.lastRead() + 1, Long.MAX_VALUE), Integer.MAX_VALUE);
            long recalled = sound.log().read(List.of(above)).get(0).messages().stream()
                    .filter(m -> m.content().kind().equals(Content.RECALLED))
                    .count();
            return with(s, s.lastAck(), s.unread() + recalled);
        }
    }

    /** Every unread message is a mention. */
    static final class CountsEveryUnreadAsMention extends FaultyMembers {
        @Override
        Subscription shown(Subscription s, UserId user, DeviceId device) {
            return new Subscription(
                    s.conversation(),
                    s.name(),
                    s.role(),
                    s.head(),
                    s.firstSeq(),
                    s.lastSeq(),
                    s.lastAck(),
                    s.lastRead(),
                    s.unread(),
                    s.unread(),
                    s.peerAck(),
                    s.peerRead(),
                    s.mutedUntil(),
                    s.settings());
        }
    }

    private static LogPage with(LogPage page, Function<Message, @Nullable Content> other) {
        List<Message> messages = new ArrayList<>();
        for (Message m : page.messages()) {
            Content content = other.apply(m);
            messages.add(
                    content == null
                            ? m
                            : new Message(
                                    m.conversation(), m.seq(), m.sentAt(), m.sender(), m.clientMessageId(), content));
        }
        return new LogPage(page.conversation(), messages, page.trimmedThrough());
    }
}
