package io.lastack.internal.fanout;

import io.lastack.internal.concurrency.Interleavings;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.ServerFrame;
import io.lastack.spi.Member;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Watchers come and go while messages are published: who watches is offered each, in order, and the tail has no gap. */
public class ConversationIndexInterleavingsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final ConversationId CHAT = ConversationId.direct(ALICE, UserId.of("bob"));
    private static final ConversationId LONELY = ConversationId.inbox(ALICE);
    private static final Content CONTENT = Content.text("x");
    /** Room for two messages: the third makes the oldest leave. */
    private static final long TAIL_BYTES = 520;

    private final ConversationIndex index = new ConversationIndex(TAIL_BYTES);
    private final Recorder always = new Recorder();
    private final Topic topic = index.watch(CHAT, always, 0);
    private long published;

    private static final class Recorder implements Watcher {
        private final List<Long> offered = new ArrayList<>();

        @Override
        public void offer(TailEntry entry, Touched touched) {
            offered.add(entry.seq());
        }

        @Override
        public void heard(long head, Touched touched) {}

        @Override
        public void signal(ServerFrame.Signal signal, Touched.Flushable from, Touched touched) {}

        @Override
        public void membershipChanged() {}

        @Override
        public UserId user() {
            return ALICE;
        }

        @Override
        public void compare(@Nullable Member current, long known) {}
    }

    /** One at a time, as from the lane of the conversation. */
    @Operation(nonParallelGroup = "publisher")
    public void publish() {
        long seq = ++published;
        index.publish(new Message(CHAT, seq, 0, ALICE, ClientMessageId.of("m"), CONTENT), new Touched());
    }

    @Operation
    public void comeAndGo() {
        Recorder other = new Recorder();
        index.unwatch(index.watch(CHAT, other, 0), other);
    }

    /** @return whether the index knows the topic while it is watched, whoever gave it up before */
    @Operation
    public boolean watchWhatNobodyElseWatches() {
        Recorder only = new Recorder();
        Topic own = index.watch(LONELY, only, 0);
        boolean known = index.find(LONELY) == own;
        index.unwatch(own, only);
        return known;
    }

    @Operation
    public boolean readTail() {
        List<TailEntry> tail = topic.from(Math.max(1, topic.head() - 1), 10);
        for (int i = 1; i < tail.size(); i++) {
            if (tail.get(i).seq() != tail.get(i - 1).seq() + 1) {
                return false;
            }
        }
        return true;
    }

    @Validate
    public void whoStayedWasOfferedEverything() {
        if (index.size() != 1 || topic.head() != published || always.offered.size() != published) {
            throw new IllegalStateException(published + " messages were published; offered were " + always.offered
                    + " of a topic that reaches up to " + topic.head() + ", one of " + index.size());
        }
    }

    @Test
    void nothingIsMissedAndTheTailHasNoGap() {
        Interleavings.some().check(ConversationIndexInterleavingsTest.class);
    }
}
