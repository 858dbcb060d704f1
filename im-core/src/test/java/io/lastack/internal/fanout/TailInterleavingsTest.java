package io.lastack.internal.fanout;

import io.lastack.internal.concurrency.Interleavings;
import io.lastack.log.ClientMessageId;
import io.lastack.log.Content;
import io.lastack.log.ConversationId;
import io.lastack.log.Message;
import io.lastack.log.UserId;
import io.lastack.session.EncodedFrame;
import io.lastack.session.FrameEncoder;
import io.lastack.session.ServerFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Conversations share one budget while they are published to and read: it is kept, and each message is encoded once. */
public class TailInterleavingsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final Content CONTENT = Content.text("x");
    /** Room for two messages of all conversations together. */
    private static final long TAIL_BYTES = 520;

    private final TailBudget budget = new TailBudget(TAIL_BYTES);
    private final Topic first = topic("bob");
    private final Topic second = topic("carol");
    private final Once encoder = new Once();

    private Topic topic(String peer) {
        return new Topic(ConversationId.direct(ALICE, UserId.of(peer)), budget, 0);
    }

    private static final class Once implements FrameEncoder {
        private final Set<Message> encoded = new HashSet<>();
        private boolean again;

        @Override
        public EncodedFrame encode(ServerFrame frame) {
            synchronized (encoded) {
                again |= !encoded.addAll(((ServerFrame.Deliver) frame).messages());
            }
            return () -> 1;
        }
    }

    /** One at a time, as from the lane of the conversation. */
    @Operation(nonParallelGroup = "first")
    public void publishToFirst() {
        publish(first);
    }

    @Operation(nonParallelGroup = "second")
    public void publishToSecond() {
        publish(second);
    }

    private static void publish(Topic topic) {
        long seq = topic.head() + 1;
        Message message = new Message(topic.conversation(), seq, 0, ALICE, ClientMessageId.of("m" + seq), CONTENT);
        topic.publish(new TailEntry(message), new Touched());
    }

    @Operation
    public boolean readNewestOfFirst() {
        long from = Math.max(1, first.head() - 1);
        List<TailEntry> entries = first.from(from, 10);
        entries.forEach(entry -> entry.frame(encoder));
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).seq() != from + i) {
                return false;
            }
        }
        return true;
    }

    @Validate
    public void theBudgetIsKeptAndNothingIsEncodedTwice() {
        int kept = kept(first) + kept(second);
        int weight = new TailEntry(new Message(first.conversation(), 1, 0, ALICE, ClientMessageId.of("m"), CONTENT))
                .weight();
        if ((long) kept * weight > TAIL_BYTES || encoder.again) {
            throw new IllegalStateException(kept + " messages of " + weight + " bytes are kept in " + TAIL_BYTES
                    + (encoder.again ? ", and one was encoded twice" : ""));
        }
    }

    private static int kept(Topic topic) {
        int kept = 0;
        for (long seq = 1; seq <= topic.head(); seq++) {
            kept += topic.from(seq, 1).size();
        }
        return kept;
    }

    @Test
    void readersMeetPublishersOfManyConversations() {
        Interleavings.some().check(TailInterleavingsTest.class);
    }
}
