package io.lastack.testkit.store.fault;

import io.lastack.log.AppendOutcome;
import io.lastack.log.Change;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.spi.LogPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Logs with one fault each. */
final class LogFaults {
    private LogFaults() {}

    /** A draft that comes again is stored again. */
    static final class StoresRepeats extends FaultyLog {
        private final AtomicInteger ids = new AtomicInteger();
        private final Map<ClientMessageId, ClientMessageId> given = new ConcurrentHashMap<>();

        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            return super.append(drafts.stream().map(this::underAnotherId).toList(), sentAt);
        }

        private Draft underAnotherId(Draft draft) {
            ClientMessageId id = ClientMessageId.of("other-" + ids.incrementAndGet());
            given.put(id, draft.requireClientMessageId());
            return draft.withClientMessageId(id);
        }

        @Override
        LogPage shown(LogPage page) {
            return new LogPage(
                    page.conversation(),
                    page.messages().stream()
                            .map(m -> new Message(
                                    m.conversation(),
                                    m.seq(),
                                    m.sentAt(),
                                    m.sender(),
                                    given.getOrDefault(m.clientMessageId(), m.clientMessageId()),
                                    m.content()))
                            .toList(),
                    page.trimmedThrough());
        }
    }

    /** Whoever leaves is let go. */
    static final class LosesOwners extends FaultyLog {
        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            return super.append(drafts.stream().map(LosesOwners::careless).toList(), sentAt);
        }

        private static Draft careless(Draft draft) {
            return draft.change() instanceof Change.RemoveMembers remove
                    ? new Draft(
                            draft.conversation(),
                            draft.sender(),
                            draft.clientMessageId(),
                            draft.content(),
                            new Change.RemoveMembers(remove.users()))
                    : draft;
        }
    }

    /** Seq 6 is never given. */
    static final class LeavesAGap extends FaultyLog {
        @Override
        long shown(long seq) {
            return seq < 6 ? seq : seq + 1;
        }
    }

    /** Seq 6 is given twice, and 7 never. */
    static final class GivesASeqTwice extends FaultyLog {
        @Override
        long shown(long seq) {
            return seq == 7 ? 6 : seq;
        }
    }

    /** Of a list that is refused, what stands before the cause is stored. */
    static final class StoresHalfOfARefusedList extends FaultyLog {
        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            List<Draft> before =
                    drafts.stream().takeWhile(d -> d.clientMessageId() != null).toList();
            if (!before.isEmpty() && before.size() < drafts.size()) {
                super.append(before, sentAt);
            }
            return super.append(drafts, sentAt);
        }
    }

    /** The second half of a list is confirmed and not stored. */
    static final class LosesHalfOfAList extends FaultyLog {
        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            if (drafts.size() < 2) {
                return super.append(drafts, sentAt);
            }
            List<Draft> kept = drafts.subList(0, drafts.size() / 2);
            List<AppendOutcome> outcomes = new ArrayList<>(super.append(kept, sentAt));
            for (Draft lost : drafts.subList(kept.size(), drafts.size())) {
                long head = heads(List.of(lost.conversation())).getOrDefault(lost.conversation(), 0L);
                outcomes.add(new AppendOutcome.Appended(head + outcomes.size() - kept.size() + 1, sentAt));
            }
            return outcomes;
        }
    }

    /** Groups grow whatever a change says of their size. */
    static final class KnowsNoLimit extends FaultyLog {
        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            return super.append(drafts.stream().map(KnowsNoLimit::unlimited).toList(), sentAt);
        }

        private static Draft unlimited(Draft d) {
            Change change = d.change();
            if (change instanceof Change.CreateGroup create) {
                change = new Change.CreateGroup(create.name(), create.history(), create.members());
            } else if (change instanceof Change.AddMembers add) {
                change = new Change.AddMembers(add.users(), add.role());
            }
            return new Draft(d.conversation(), d.sender(), d.clientMessageId(), d.content(), change);
        }
    }
}
