package io.lastack.testkit.store.fault;

import io.lastack.cursor.AckAdvance;
import io.lastack.cursor.AdvanceOutcome;
import io.lastack.cursor.ReadAdvance;
import io.lastack.log.AppendOutcome;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.DeviceId;
import io.lastack.log.Draft;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.spi.Cursors;
import io.lastack.spi.DeviceStart;
import io.lastack.spi.LogPage;
import io.lastack.spi.UserErasure;
import io.lastack.spi.UserExport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Erasure and export with one fault each. */
final class ErasureFaults {
    private ErasureFaults() {}

    /** Erasure in front of a sound one. */
    private abstract static class FaultyErasure extends FaultyPowers implements UserErasure {
        final Set<UserId> erased = ConcurrentHashMap.newKeySet();

        @Override
        public final Optional<UserErasure> erasure() {
            return Optional.of(this);
        }

        @Override
        public @Nullable String erase(UserId user, @Nullable String position, int limit) {
            String next = soundErasure().erase(user, position, limit);
            erased.add(user);
            return next;
        }
    }

    /** What the user sent into somebody's inbox stays as it was. */
    static final class LeavesABody extends FaultyErasure {
        private final Map<List<Object>, Message> originals = new ConcurrentHashMap<>();

        @Override
        public List<AppendOutcome> append(List<Draft> drafts, long sentAt) {
            List<AppendOutcome> outcomes = super.append(drafts, sentAt);
            for (int i = 0; i < drafts.size(); i++) {
                Draft draft = drafts.get(i);
                if (outcomes.get(i) instanceof AppendOutcome.Appended done
                        && draft.conversation().kind() == ConversationId.Kind.INBOX) {
                    originals.put(List.of(draft.conversation(), done.seq()), draft.at(done.seq(), sentAt));
                }
            }
            return outcomes;
        }

        @Override
        LogPage shown(LogPage page) {
            return new LogPage(
                    page.conversation(),
                    page.messages().stream()
                            .map(m -> isErased(m.content())
                                    ? originals.getOrDefault(List.of(m.conversation(), m.seq()), m)
                                    : m)
                            .toList(),
                    page.trimmedThrough());
        }

        /** And not recalled, nor an edit of what was recalled. */
        private static boolean isErased(Content content) {
            return content.isBlank()
                    && content.revisedBy() == 0
                    && !content.kind().equals(Content.EDIT);
        }
    }

    /** The user's messages are deleted instead of blanked. */
    static final class LeavesHolesInTheLogs extends FaultyErasure {
        @Override
        LogPage shown(LogPage page) {
            return new LogPage(
                    page.conversation(),
                    page.messages().stream()
                            .filter(m -> !erased.contains(m.sender()))
                            .toList(),
                    page.trimmedThrough());
        }
    }

    /** The user's devices stay registered. */
    static final class RemembersDevices extends FaultyErasure implements Cursors {
        @Override
        public Cursors cursors() {
            return this;
        }

        @Override
        public boolean register(UserId user, DeviceId device, DeviceStart start) {
            return sound.cursors().register(user, device, start) && !erased.contains(user);
        }

        @Override
        public List<AdvanceOutcome> advanceAcks(List<AckAdvance> advances) {
            return sound.cursors().advanceAcks(advances);
        }

        @Override
        public List<AdvanceOutcome> advanceReads(List<ReadAdvance> advances) {
            return sound.cursors().advanceReads(advances);
        }
    }

    /** Export tells the last message of a page again on the next. */
    static final class TellsAMessageTwice extends FaultyPowers implements UserExport {
        private final Map<String, Message> last = new ConcurrentHashMap<>();

        @Override
        public Optional<UserExport> export() {
            return Optional.of(this);
        }

        @Override
        public List<DeviceId> devices(UserId user) {
            return soundExport().devices(user);
        }

        @Override
        public Page sent(UserId user, @Nullable String position, int limit, int maxBytes) {
            Page page = soundExport().sent(user, position, limit, maxBytes);
            Message before = position == null ? null : last.get(user + position);
            String next = page.next();
            if (next != null) {
                last.put(user + next, page.messages().get(page.messages().size() - 1));
            }
            if (before == null || page.messages().isEmpty()) {
                return page;
            }
            List<Message> repeated = new ArrayList<>(page.messages());
            repeated.set(0, before);
            return new Page(repeated, next);
        }
    }
}
